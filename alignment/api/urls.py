"""Addresses of priorities and links below /api/v1/."""

from django.urls import path

from alignment.api import link_views, revision_views, views

urlpatterns = [
    path("priorities/", views.PrioritiesView.as_view(), name="api_priorities"),
    path("priorities/<uuid:id>/", views.PriorityView.as_view(), name="api_priority"),
    path("priorities/<uuid:id>/retire/", views.PriorityRetireView.as_view(), name="api_priority_retire"),
    path(
        "priorities/<uuid:id>/revisions/",
        revision_views.PriorityRevisionsView.as_view(),
        name="api_priority_revisions",
    ),
    path(
        "priorities/<uuid:id>/publish/",
        revision_views.PriorityPublishView.as_view(),
        name="api_priority_publish",
    ),
    path("alignment-links/", link_views.LinksView.as_view(), name="api_links"),
    path("alignment-links/<uuid:id>/", link_views.LinkView.as_view(), name="api_link"),
]
