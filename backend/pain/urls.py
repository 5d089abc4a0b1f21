from django.urls import path

from backend.pain import api, chart_api, episodes_api, flares_api, measures_api

urlpatterns = [
    path("pain/entries", api.EntryListView.as_view(), name="pain-entries"),
    path("pain/entries/<uuid:id>", api.EntryView.as_view(), name="pain-entry"),
    path("pain/episodes", episodes_api.EpisodeListView.as_view(), name="episodes"),
    path(
        "pain/episodes/current/close",
        episodes_api.EpisodeCloseView.as_view(),
        name="episode-close",
    ),
    path("pain/episodes/<uuid:id>", episodes_api.EpisodeView.as_view(), name="episode"),
    path(
        "pain/episodes/<uuid:id>/reopen",
        episodes_api.EpisodeReopenView.as_view(),
        name="episode-reopen",
    ),
    path("pain/prompts/<uuid:id>", episodes_api.PromptView.as_view(), name="prompt"),
    path(
        "pain/prompts/<uuid:id>/answer",
        episodes_api.PromptAnswerView.as_view(),
        name="prompt-answer",
    ),
    path("pain/flares", flares_api.FlareListView.as_view(), name="flares"),
    path("pain/flares/<uuid:id>", flares_api.FlareView.as_view(), name="flare"),
    path("pain/flares/<uuid:id>/end", flares_api.FlareEndView.as_view(), name="flare-end"),
    path("pain/measures", measures_api.MeasureListView.as_view(), name="measures"),
    path("pain/measures/<uuid:id>", measures_api.MeasureView.as_view(), name="measure"),
    path("pain/chart", chart_api.ChartView.as_view(), name="chart"),
]
