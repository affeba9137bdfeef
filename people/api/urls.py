"""Addresses of people and teams below /api/v1/."""

from django.urls import path

from people.api import views

urlpatterns = [
    path("people/", views.PeopleView.as_view(), name="api_people"),
    path("people/<uuid:id>/", views.PersonView.as_view(), name="api_person"),
    path("teams/", views.TeamsView.as_view(), name="api_teams"),
    path("teams/<uuid:id>/", views.TeamView.as_view(), name="api_team"),
]
