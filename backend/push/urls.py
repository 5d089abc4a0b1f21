from django.urls import path

from backend.push import api

urlpatterns = [
    path("push/key", api.KeyView.as_view(), name="push-key"),
    path("push/subscriptions", api.DeviceListView.as_view(), name="devices"),
    path("push/subscriptions/<uuid:id>", api.DeviceView.as_view(), name="device"),
]
