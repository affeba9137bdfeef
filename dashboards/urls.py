"""Addresses of dashboards."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from dashboards.views import (
    check_in_entry,
    conversation,
    links,
    my_week_actions,
    priorities,
    review_actions,
    thanks,
)
from dashboards.views.alignment import alignment
from dashboards.views.alignment_map import alignment_map, alignment_map_graph
from dashboards.views.ask_steps import ask_answer, ask_pass_on, ask_reword, ask_withdraw, nudge_key_result
from dashboards.views.asks import ask, ask_new
from dashboards.views.check_in import check_in, check_in_objective
from dashboards.views.dependency import dependency
from dashboards.views.feed import feed, feed_count, feed_seen
from dashboards.views.gallery import gallery
from dashboards.views.inbox_count import inbox_count
from dashboards.views.key_result import key_result
from dashboards.views.key_result_state import initiative_save, key_result_state
from dashboards.views.mentions import mentions
from dashboards.views.my_week import home, my_week
from dashboards.views.my_week_by_link import (
    my_week_by_link,
    my_week_draft_by_link,
    my_week_skip_by_link,
    my_week_unskip_by_link,
)
from dashboards.views.my_words import my_words
from dashboards.views.new_aim import aim, new_aim
from dashboards.views.objective import objective
from dashboards.views.objective_draft import objective_draft, objective_draft_discard
from dashboards.views.objective_edit import objective_edit, objective_new, objective_preview
from dashboards.views.objective_list import objectives
from dashboards.views.objective_state import objective_state, restorable
from dashboards.views.person import person
from dashboards.views.priority_change import priority_draft
from dashboards.views.reconfirm import reconfirm
from dashboards.views.review import review_minutes
from dashboards.views.search import search
from dashboards.views.start import start
from dashboards.views.strategy import strategy
from dashboards.views.suggestions import suggestion, suggestion_new
from dashboards.views.teams import team, teams
from dashboards.views.what_changed import changes

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("my-week/", my_week, name="my_week"),
    path("my-week/draft/", my_week_actions.my_week_draft, name="my_week_draft"),
    path("my-week/undo/", my_week_actions.my_week_undo, name="my_week_undo"),
    path("my-week/<uuid:key_result_id>/skip/", my_week_actions.my_week_skip, name="my_week_skip"),
    path("my-week/<uuid:key_result_id>/unskip/", my_week_actions.my_week_unskip, name="my_week_unskip"),
    path("w/<str:token>/", my_week_by_link, name="my_week_by_link"),
    path("w/<str:token>/draft/", my_week_draft_by_link, name="my_week_draft_by_link"),
    path("w/<str:token>/<uuid:key_result_id>/skip/", my_week_skip_by_link, name="my_week_skip_by_link"),
    path("w/<str:token>/<uuid:key_result_id>/unskip/", my_week_unskip_by_link, name="my_week_unskip_by_link"),
    path("check-in/<uuid:key_result_id>/", check_in, name="check_in"),
    path("check-in/objective/<uuid:objective_id>/", check_in_objective, name="check_in_objective"),
    path("key-results/<uuid:key_result_id>/", key_result, name="key_result"),
    path("check-ins/<uuid:check_in_id>/", check_in_entry.check_in_detail, name="check_in_detail"),
    path("check-ins/<uuid:check_in_id>/edit/", check_in_entry.check_in_edit, name="check_in_edit"),
    path("check-ins/<uuid:check_in_id>/delete/", check_in_entry.check_in_delete, name="check_in_delete"),
    path("check-ins/<uuid:check_in_id>/deleted/", check_in_entry.check_in_deleted, name="check_in_deleted"),
    path("check-ins/<uuid:check_in_id>/restore/", check_in_entry.check_in_restore, name="check_in_restore"),
    path("comments/new/", conversation.comment_new, name="comment_new"),
    path("comments/<uuid:comment_id>/", conversation.comment, name="comment"),
    path("comments/<uuid:comment_id>/edit/", conversation.comment_edit, name="comment_edit"),
    path("comments/<uuid:comment_id>/delete/", conversation.comment_delete, name="comment_delete"),
    path("comments/<uuid:comment_id>/restore/", conversation.comment_restore, name="comment_restore"),
    path("reactions/", conversation.react, name="react"),
    path("mentions/", mentions, name="mentions"),
    path("thanks/new/", thanks.thanks_new, name="thanks_new"),
    path("thanks/<uuid:thanks_id>/", thanks.thanks, name="thanks"),
    path("thanks/<uuid:thanks_id>/edit/", thanks.thanks_edit, name="thanks_edit"),
    path("thanks/<uuid:thanks_id>/delete/", thanks.thanks_delete, name="thanks_delete"),
    path("thanks/<uuid:thanks_id>/restore/", thanks.thanks_restore, name="thanks_restore"),
    path("asks/new/", ask_new, name="ask_new"),
    path("asks/<uuid:ask_id>/", ask, name="ask"),
    path("asks/<uuid:ask_id>/answer/", ask_answer, name="ask_answer"),
    path("asks/<uuid:ask_id>/pass-on/", ask_pass_on, name="ask_pass_on"),
    path("asks/<uuid:ask_id>/reword/", ask_reword, name="ask_reword"),
    path("asks/<uuid:ask_id>/withdraw/", ask_withdraw, name="ask_withdraw"),
    path("key-results/<uuid:key_result_id>/nudge/", nudge_key_result, name="nudge"),
    path("strategy/", strategy, name="strategy"),
    path("changes/", changes, name="what_changed"),
    path("objectives/", objectives, name="objectives"),
    path("objectives/new/", objective_new, name="objective_new"),
    path("objectives/preview/", objective_preview, name="objective_preview"),
    path("objectives/draft/", objective_draft, name="objective_draft"),
    path(
        "objectives/draft/<uuid:draft_id>/discard/", objective_draft_discard, name="objective_draft_discard"
    ),
    path("objectives/deleted/", restorable, name="restorable"),
    path("objectives/<uuid:objective_id>/", objective, name="objective"),
    path("objectives/<uuid:objective_id>/edit/", objective_edit, name="objective_edit"),
    path("objectives/<uuid:objective_id>/state/", objective_state, name="objective_state"),
    path("objectives/<uuid:objective_id>/suggest/", suggestion_new, name="suggestion_new"),
    path("suggestions/<uuid:suggestion_id>/", suggestion, name="suggestion"),
    path("key-results/<uuid:key_result_id>/new-aim/", new_aim, name="new_aim"),
    path("new-aims/<uuid:recalibration_id>/", aim, name="aim"),
    path("key-results/<uuid:key_result_id>/state/", key_result_state, name="key_result_state"),
    path("key-results/<uuid:key_result_id>/initiatives/", initiative_save, name="initiative_save"),
    path("alignment/", alignment, name="alignment"),
    path("alignment/map/", alignment_map, name="alignment_map"),
    path("alignment/map/graph/", alignment_map_graph, name="alignment_map_graph"),
    path("alignment/links/new/", links.link_new, name="link_new"),
    path("alignment/links/<uuid:link_id>/delete/", links.link_delete, name="link_delete"),
    path("alignment/links/<uuid:link_id>/", dependency, name="dependency"),
    path("priorities/", priorities.priorities, name="priorities"),
    path("priorities/new/", priorities.priority_new, name="priority_new"),
    path("priorities/<uuid:priority_id>/", priorities.priority, name="priority"),
    path("priorities/<uuid:priority_id>/edit/", priorities.priority_edit, name="priority_edit"),
    path("priorities/<uuid:priority_id>/draft/", priority_draft, name="priority_draft"),
    path("priorities/<uuid:priority_id>/news/", priorities.priority_news, name="priority_news"),
    path("priorities/<uuid:priority_id>/state/", priorities.priority_state, name="priority_state"),
    path("reconfirmations/<uuid:reconfirmation_id>/", reconfirm, name="reconfirm"),
    path("teams/", teams, name="teams"),
    path("teams/<uuid:team_id>/", team, name="team"),
    path("teams/<uuid:team_id>/review/start/", review_actions.review_start, name="review_start"),
    path("teams/<uuid:team_id>/review/end/", review_actions.review_end, name="review_end"),
    path("teams/<uuid:team_id>/reviews/<uuid:review_id>/", review_minutes, name="review_minutes"),
    path("teams/<uuid:team_id>/decisions/", review_actions.decision_keep, name="decision_keep"),
    path("teams/<uuid:team_id>/next-steps/", review_actions.next_step_say, name="next_step_say"),
    path(
        "decisions/<uuid:decision_id>/take-back/",
        review_actions.decision_take_back,
        name="decision_take_back",
    ),
    path("next-steps/<uuid:next_step_id>/", review_actions.next_step_end, name="next_step_end"),
    path("people/<uuid:person_id>/", person, name="person"),
    path("inbox/count/", inbox_count, name="inbox_count"),
    path("feed/", feed, name="feed"),
    path("feed/count/", feed_count, name="feed_count"),
    path("feed/seen/", feed_seen, name="feed_seen"),
    path("search/", search, name="search"),
    path("gallery/", gallery, name="gallery"),
    path("start/", start, name="start"),
    path("settings/words/", my_words, name="my_words"),
]
