"""How many rows a question would bring, as part of another question: one statement instead of two."""

from __future__ import annotations

from django.db.models import IntegerField, Subquery


class CountOf(Subquery):
    """The number of rows of a queryset, its limit included. Asked once per statement unless it refers outwards."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
