from django.urls import path

from backend.reminders import api

urlpatterns = [
    path("reminders", api.ReminderListView.as_view(), name="reminders"),
    path("reminders/<uuid:id>", api.ReminderView.as_view(), name="reminder"),
    path("reminders/deliveries/<uuid:id>", api.DeliveryView.as_view(), name="delivery"),
    path("push/test", api.TestPushView.as_view(), name="push-test"),
]
