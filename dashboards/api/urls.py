"""Addresses below /api/v1/ that show more than one app."""

from django.urls import path

from dashboards.api import changes_views as changes
from dashboards.api import key_result_views as key_results
from dashboards.api import objective_steps as steps
from dashboards.api import objective_views as objectives
from dashboards.api import views
from dashboards.api import what_changed_views as what_changed

OBJECTIVE = "objectives/<uuid:id>/"

urlpatterns = [
    path("me/", views.MeView.as_view(), name="api_me"),
    path("changes/", changes.ChangesView.as_view(), name="api_changes"),
    path("tree/", views.TreeView.as_view(), name="api_tree"),
    path("progress/", views.ProgressView.as_view(), name="api_progress"),
    path("progress/changes/", what_changed.WhatChangedView.as_view(), name="api_progress_changes"),
    path("progress/history/", views.HistoryView.as_view(), name="api_progress_history"),
    path("priorities/<uuid:id>/explain/", views.PriorityExplainView.as_view(), name="api_priority_explain"),
    path("objectives/", objectives.ObjectivesView.as_view(), name="api_objectives"),
    path(OBJECTIVE, objectives.ObjectiveView.as_view(), name="api_objective"),
    path(f"{OBJECTIVE}explain/", steps.ObjectiveExplainView.as_view(), name="api_objective_explain"),
    path(f"{OBJECTIVE}propose/", steps.ObjectiveProposeView.as_view(), name="api_objective_propose"),
    path(f"{OBJECTIVE}agree/", steps.ObjectiveAgreeView.as_view(), name="api_objective_agree"),
    path(f"{OBJECTIVE}activate/", steps.ObjectiveActivateView.as_view(), name="api_objective_activate"),
    path(f"{OBJECTIVE}pause/", steps.ObjectivePauseView.as_view(), name="api_objective_pause"),
    path(f"{OBJECTIVE}close/", steps.ObjectiveCloseView.as_view(), name="api_objective_close"),
    path(f"{OBJECTIVE}reopen/", steps.ObjectiveReopenView.as_view(), name="api_objective_reopen"),
    path(f"{OBJECTIVE}cancel/", steps.ObjectiveCancelView.as_view(), name="api_objective_cancel"),
    path(f"{OBJECTIVE}restore/", steps.ObjectiveRestoreView.as_view(), name="api_objective_restore"),
    path(
        f"{OBJECTIVE}key-results/",
        key_results.ObjectiveKeyResultsView.as_view(),
        name="api_objective_key_results",
    ),
    path("key-results/", key_results.KeyResultsView.as_view(), name="api_key_results"),
    path("key-results/<uuid:id>/", key_results.KeyResultView.as_view(), name="api_key_result"),
    path(
        "key-results/<uuid:id>/recalibrate/",
        key_results.KeyResultRecalibrateView.as_view(),
        name="api_key_result_recalibrate",
    ),
    path("key-results/<uuid:id>/skip/", key_results.KeyResultSkipView.as_view(), name="api_key_result_skip"),
]
