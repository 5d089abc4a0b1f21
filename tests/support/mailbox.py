"""What a push service keeps: who subscribed, and what waits until a browser has confirmed it."""

import re
import time
import uuid
from dataclasses import dataclass, field

TOPIC = re.compile(r"[\w-]{1,32}", re.ASCII)
LARGEST = 4096


class Refusal(Exception):  # noqa: N818 - an answer, not a fault
    """A push that the service does not take, with the status it answers."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, kw_only=True)
class Push:
    """One accepted message on its way to a browser."""

    channel: str
    body: bytes
    encoding: str
    topic: str
    ttl: int
    expires: float
    version: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True, kw_only=True)
class Subscription:
    channel: str
    browser: str
    application_server_key: bytes | None
    token: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass
class Mailbox:
    """`live` by token; the tokens of what was unregistered are remembered, to answer 410."""

    live: dict[str, Subscription] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    waiting: list[Push] = field(default_factory=list)

    def subscribe(self, channel: str, browser: str, key: bytes | None) -> Subscription:
        made = Subscription(channel=channel, browser=browser, application_server_key=key)
        self.live[made.token] = made
        return made

    def unsubscribe(self, channel: str) -> None:
        ended = {token for token, one in self.live.items() if one.channel == channel}
        self.live = {token: one for token, one in self.live.items() if token not in ended}
        self.gone |= ended
        self.waiting = [push for push in self.waiting if push.channel != channel]

    def find(self, token: str) -> Subscription:
        if token in self.gone:
            raise Refusal(410, "this subscription has ended")
        if token not in self.live:
            raise Refusal(404, "nobody has subscribed here")
        return self.live[token]

    def put(self, push: Push) -> None:
        """Keep `push` until it is confirmed; it takes the place of one with the same topic."""
        self.waiting = [one for one in self.waiting if not _replaces(push, one)] + [push]

    def for_browser(self, browser: str) -> list[Push]:
        now = time.time()
        self.waiting = [push for push in self.waiting if push.expires > now]
        channels = {one.channel for one in self.live.values() if one.browser == browser}
        return [push for push in self.waiting if push.channel in channels]

    def confirm(self, version: str) -> None:
        self.waiting = [push for push in self.waiting if push.version != version]


def _replaces(push: Push, older: Push) -> bool:
    return bool(push.topic) and (push.channel, push.topic) == (older.channel, older.topic)


def read_push(channel: str, headers: dict[str, str], body: bytes) -> Push:
    """The message in a POST (`headers` in lower case); raises Refusal as RFC 8030 and 8188 say."""
    ttl, topic = headers.get("ttl", ""), headers.get("topic", "")
    if not ttl.isdecimal():
        raise Refusal(400, "TTL is required")
    if topic and not TOPIC.fullmatch(topic):
        raise Refusal(400, "a Topic has at most 32 characters of base64url")
    if body and headers.get("content-encoding") != "aes128gcm":
        raise Refusal(400, "a body must be encrypted as aes128gcm")
    if len(body) > LARGEST:
        raise Refusal(413, "the body is too long")
    return Push(
        channel=channel,
        body=body,
        encoding=headers.get("content-encoding", ""),
        topic=topic,
        ttl=int(ttl),
        expires=time.time() + max(1, int(ttl)),  # with a TTL of 0 it has this long to get through
    )
