from django.urls import path

from backend.safety import api

urlpatterns = [
    path("symptom-checks", api.CheckListView.as_view(), name="checks"),
    path("symptom-checks/<uuid:id>", api.CheckView.as_view(), name="check"),
    path("safety/block", api.BlockView.as_view(), name="block"),
    path("safety/blocks/<uuid:id>/clearance", api.ClearanceView.as_view(), name="clearance"),
]
