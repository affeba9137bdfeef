"""Addresses of check-ins below /api/v1/."""

from django.urls import path

from checkins.api import ask_views, views

urlpatterns = [
    path("asks/", ask_views.AsksView.as_view(), name="api_asks"),
    path("asks/<uuid:id>/", ask_views.AskView.as_view(), name="api_ask"),
    path("asks/<uuid:id>/answer/", ask_views.AnswerView.as_view(), name="api_ask_answer"),
    path("asks/<uuid:id>/pass-on/", ask_views.PassOnView.as_view(), name="api_ask_pass_on"),
    path("asks/<uuid:id>/withdraw/", ask_views.WithdrawView.as_view(), name="api_ask_withdraw"),
    path("check-ins/", views.CheckInsView.as_view(), name="api_check_ins"),
    path("check-ins/<uuid:id>/", views.CheckInView.as_view(), name="api_check_in"),
    path(
        "key-results/<uuid:id>/check-ins/",
        views.KeyResultCheckInsView.as_view(),
        name="api_key_result_check_ins",
    ),
]
