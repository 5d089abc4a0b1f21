from django.urls import path

from backend.reminders import answers_api, api, calendar_api, history_api, holds_api

urlpatterns = [
    path("reminders", api.ReminderListView.as_view(), name="reminders"),
    path("reminders/<uuid:id>", api.ReminderView.as_view(), name="reminder"),
    path("reminders/history", history_api.HistoryView.as_view(), name="history"),
    path("reminders/deliveries/<uuid:id>", history_api.DeliveryView.as_view(), name="delivery"),
    path("reminders/deliveries/<uuid:id>/answer", answers_api.AnswerView.as_view(), name="answer"),
    path("reminders/deliveries/<uuid:id>/opened", answers_api.OpenedView.as_view(), name="opened"),
    path("reminders/answers", answers_api.TokenAnswerView.as_view(), name="token-answer"),
    path("reminders/receipts", answers_api.ReceiptView.as_view(), name="receipt"),
    path("reminders/holds", holds_api.HoldListView.as_view(), name="holds"),
    path("reminders/holds/<uuid:id>", holds_api.HoldView.as_view(), name="hold"),
    path("reminders/calendar", calendar_api.CalendarView.as_view(), name="calendar"),
    path(
        "calendar/<str:secret>.ics", calendar_api.CalendarFeedView.as_view(), name="calendar-feed"
    ),
    path("push/test", api.TestPushView.as_view(), name="push-test"),
]
