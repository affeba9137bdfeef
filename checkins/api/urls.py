"""Addresses of check-ins below /api/v1/."""

from django.urls import path

from checkins.api import ask_views, bulk_views, views, words_views

urlpatterns = [
    path("asks/", ask_views.AsksView.as_view(), name="api_asks"),
    path("asks/<uuid:id>/", ask_views.AskView.as_view(), name="api_ask"),
    path("asks/<uuid:id>/answer/", ask_views.AnswerView.as_view(), name="api_ask_answer"),
    path("asks/<uuid:id>/pass-on/", ask_views.PassOnView.as_view(), name="api_ask_pass_on"),
    path("asks/<uuid:id>/withdraw/", ask_views.WithdrawView.as_view(), name="api_ask_withdraw"),
    path("check-ins/", views.CheckInsView.as_view(), name="api_check_ins"),
    path("check-ins/bulk/", bulk_views.BulkCheckInsView.as_view(), name="api_check_ins_bulk"),
    path("check-ins/<uuid:id>/", views.CheckInView.as_view(), name="api_check_in"),
    path("comments/", words_views.CommentsView.as_view(), name="api_comments"),
    path("comments/<uuid:id>/", words_views.CommentView.as_view(), name="api_comment"),
    path(
        "comments/<uuid:id>/reactions/",
        words_views.CommentReactionsView.as_view(),
        name="api_comment_reactions",
    ),
    path("thanks/", words_views.ThanksView.as_view(), name="api_all_thanks"),
    path("thanks/<uuid:id>/", words_views.OneThanksView.as_view(), name="api_thanks"),
    path(
        "key-results/<uuid:id>/check-ins/",
        views.KeyResultCheckInsView.as_view(),
        name="api_key_result_check_ins",
    ),
]
