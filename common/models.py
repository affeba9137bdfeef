"""Abstract bases: every row has a time-ordered id; soft-deleted rows stay for thirty days."""

from __future__ import annotations

from typing import Any

from django.db import models

from common.ids import new_id


class IdentifiedModel(models.Model):
    """A row whose primary key is a UUIDv7, opaque to callers and kept by export and import."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class KeptQuerySet(models.QuerySet[Any]):
    """Rows of a table with soft deletion."""

    def kept(self) -> KeptQuerySet:
        return self.filter(deleted_at__isnull=True)


class KeptManager(models.Manager[Any]):
    """The ordinary manager: deleted rows are not there."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(deleted_at__isnull=True)
