from django.urls import path

from backend.pain import api

urlpatterns = [
    path("pain/entries", api.EntryListView.as_view(), name="pain-entries"),
    path("pain/entries/<uuid:id>", api.EntryView.as_view(), name="pain-entry"),
]
