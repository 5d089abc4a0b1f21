"""How each library sends one payload: to a device that is at hand, and to a person's devices."""

import os
from typing import Any, Protocol

from django.contrib.auth.models import User
from push_notifications.models import WebPushDevice
from pywebpush import webpush
from webpush.models import PushInformation, SubscriptionInfo
from webpush.utils import send_notification_to_user, send_to_subscription

from script.lib.bench.peers.models import Subscription

TTL = 3600
VAPID_FILE = os.environ["BENCH_VAPID_FILE"]
Keys = dict[str, str]  # endpoint, p256dh, auth


class Library(Protocol):
    def device(self, keys: Keys) -> Any: ...
    def send(self, device: Any, payload: str) -> None: ...
    def save_devices(self, owners: list[User], devices: list[Any]) -> None: ...
    def send_to(self, owner: User, payload: str) -> None: ...


class DjangoPushNotifications:
    def device(self, keys: Keys) -> WebPushDevice:
        registration = {"registration_id": keys["endpoint"], "browser": "CHROME"}
        return WebPushDevice(p256dh=keys["p256dh"], auth=keys["auth"], **registration)

    def send(self, device: WebPushDevice, payload: str) -> None:
        answer = device.send_message(payload, ttl=TTL)
        if "success" not in answer:
            raise RuntimeError(answer)

    def save_devices(self, owners: list[User], devices: list[WebPushDevice]) -> None:
        for owner, device in zip(owners, devices, strict=True):
            device.user = owner
        WebPushDevice.objects.bulk_create(devices)

    def send_to(self, owner: User, payload: str) -> None:
        for device in WebPushDevice.objects.filter(user=owner, active=True):
            self.send(device, payload)


class DjangoWebpush:
    def device(self, keys: Keys) -> SubscriptionInfo:
        return SubscriptionInfo(browser="chrome", **keys)

    def send(self, device: SubscriptionInfo, payload: str) -> None:
        send_to_subscription(device, payload, ttl=TTL)

    def save_devices(self, owners: list[User], devices: list[SubscriptionInfo]) -> None:
        saved = SubscriptionInfo.objects.bulk_create(devices)
        PushInformation.objects.bulk_create(
            PushInformation(user=owner, subscription=one)
            for owner, one in zip(owners, saved, strict=True)
        )

    def send_to(self, owner: User, payload: str) -> None:
        send_notification_to_user(owner, payload, ttl=TTL)


class Pywebpush:
    def device(self, keys: Keys) -> Subscription:
        return Subscription(**keys)

    def send(self, device: Subscription, payload: str) -> None:
        keys = {"p256dh": device.p256dh, "auth": device.auth}
        webpush(
            subscription_info={"endpoint": device.endpoint, "keys": keys},
            data=payload,
            vapid_private_key=VAPID_FILE,
            vapid_claims={"sub": "mailto:host@example.org"},
            ttl=TTL,
            timeout=30,
        )

    def save_devices(self, owners: list[User], devices: list[Subscription]) -> None:
        for owner, device in zip(owners, devices, strict=True):
            device.owner = owner
        Subscription.objects.bulk_create(devices)

    def send_to(self, owner: User, payload: str) -> None:
        self.send(Subscription.objects.get(owner=owner), payload)


LIBRARIES: dict[str, Library] = {
    "django-push-notifications": DjangoPushNotifications(),
    "django-webpush": DjangoWebpush(),
    "pywebpush": Pywebpush(),
}
