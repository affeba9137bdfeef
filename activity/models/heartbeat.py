"""Signs of life of background processes."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When a part of the product last showed, through real work, that it is running."""

    name = models.CharField(max_length=64, unique=True)
    beat_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
