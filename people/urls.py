"""Addresses of people, teams, tokens and settings."""

from __future__ import annotations

from django.urls import path

from people.views import (
    absences,
    first_run,
    join,
    mails,
    organisation,
    own_settings,
    people,
    person,
    teams,
    tokens,
)

urlpatterns = [
    path("welcome/", first_run.first_run, name="first_run"),
    path("join/<str:secret>/", join.join, name="join"),
    path("settings/", own_settings.own_settings, name="settings"),
    path("settings/theme/", own_settings.set_theme, name="set_theme"),
    path("settings/sign-out-everywhere/", own_settings.end_sign_ins, name="end_sign_ins"),
    path("settings/absences/new/", absences.absence_new, name="absence_new"),
    path("settings/absences/<uuid:absence_id>/", absences.absence_edit, name="absence_edit"),
    path("settings/absences/<uuid:absence_id>/delete/", absences.absence_delete, name="absence_delete"),
    path("settings/organisation/", organisation.organisation_settings, name="organisation_settings"),
    path("settings/people/", people.people, name="people"),
    path("settings/people/new/", people.person_new, name="person_new"),
    path("settings/people/invite/", people.person_invite, name="person_invite"),
    path("settings/people/<uuid:person_id>/", person.person_edit, name="person_edit"),
    path("settings/people/<uuid:person_id>/deactivate/", person.person_deactivate, name="person_deactivate"),
    path("settings/people/<uuid:person_id>/reactivate/", person.person_reactivate, name="person_reactivate"),
    path("settings/people/<uuid:person_id>/merge/", person.person_merge, name="person_merge"),
    path(
        "settings/invitations/<uuid:invitation_id>/revoke/",
        people.invitation_revoke,
        name="invitation_revoke",
    ),
    path("settings/teams/", teams.manage_teams, name="manage_teams"),
    path("settings/teams/new/", teams.team_new, name="team_new"),
    path("settings/teams/<uuid:team_id>/", teams.team_edit, name="team_edit"),
    path("settings/teams/<uuid:team_id>/members/", teams.team_members_change, name="team_members_change"),
    path("settings/teams/<uuid:team_id>/rhythm/", teams.team_rhythm, name="team_rhythm"),
    path("settings/teams/<uuid:team_id>/archive/", teams.team_archive, name="team_archive"),
    path("settings/tokens/", tokens.tokens, name="tokens"),
    path("settings/tokens/<uuid:token_id>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("settings/mails/", mails.mails, name="mails"),
    path("settings/mails/<str:name>/", mails.mail, name="mail"),
]
