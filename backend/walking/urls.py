from django.urls import path

from backend.walking import backward_api, followups_api, gate_api, overview_api, plan_api, walks_api

urlpatterns = [
    path("walking", overview_api.WalkingView.as_view(), name="walking"),
    path("walking/weeks", overview_api.WeekListView.as_view(), name="walking-weeks"),
    path("walking/look-back", overview_api.LookBackView.as_view(), name="look-back"),
    path("walking/plans/<uuid:id>", plan_api.PlanView.as_view(), name="walk-plan"),
    path("walking/plans/<uuid:id>/days", plan_api.PlanDaysView.as_view(), name="walk-plan-days"),
    path("walking/backward", backward_api.BackwardView.as_view(), name="backward"),
    path(
        "walking/backward/<uuid:id>",
        backward_api.BackwardUnlockView.as_view(),
        name="backward-unlock",
    ),
    path("walking/gate", gate_api.GateView.as_view(), name="gate"),
    path("walking/gate/answers/<uuid:id>", gate_api.GateAnswersView.as_view(), name="gate-answers"),
    path(
        "walking/clearances/<uuid:id>",
        gate_api.GateClearanceView.as_view(),
        name="gate-clearance",
    ),
    path("walking/follow-ups/<uuid:id>", followups_api.FollowUpView.as_view(), name="follow-up"),
    path(
        "walking/follow-ups/<uuid:id>/answer",
        followups_api.FollowUpAnswerView.as_view(),
        name="follow-up-answer",
    ),
    path("walks", walks_api.WalkListView.as_view(), name="walks"),
    path("walks/<uuid:id>", walks_api.WalkView.as_view(), name="walk"),
]
