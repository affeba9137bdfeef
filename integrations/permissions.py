"""Who may bring in what another system holds."""

from __future__ import annotations

from django.db.models import QuerySet

from integrations.models import ImportQuestion, ImportRun
from people.models import User


def can_import(user: User) -> bool:
    """Administrators."""
    return user.is_active and user.is_administrator


def visible_import_runs(user: User) -> QuerySet[ImportRun]:
    """Imports of the administrator's own organisation."""
    if not can_import(user):
        return ImportRun.objects.none()
    return ImportRun.objects.filter(organisation_id=user.organisation_id)


def visible_import_questions(user: User) -> QuerySet[ImportQuestion]:
    """Questions of those imports."""
    return ImportQuestion.objects.filter(run__in=visible_import_runs(user))
