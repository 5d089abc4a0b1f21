from django.urls import path

from backend.overview import api, helps_api

urlpatterns = [
    path("today", api.TodayView.as_view(), name="today"),
    path("helps", helps_api.HelpsView.as_view(), name="helps"),
]
