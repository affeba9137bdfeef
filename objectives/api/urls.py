"""Addresses of cycles below /api/v1/."""

from django.urls import path

from objectives.api import views

urlpatterns = [
    path("cycles/", views.CyclesView.as_view(), name="api_cycles"),
    path("cycles/<uuid:id>/", views.CycleView.as_view(), name="api_cycle"),
    path("cycles/<uuid:id>/activate/", views.CycleActivateView.as_view(), name="api_cycle_activate"),
    path("cycles/<uuid:id>/close/", views.CycleCloseView.as_view(), name="api_cycle_close"),
]
