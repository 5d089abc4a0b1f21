from django.urls import path

from backend.overview import api

urlpatterns = [path("today", api.TodayView.as_view(), name="today")]
