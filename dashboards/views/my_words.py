"""Download what I wrote."""

from __future__ import annotations

import csv
from dataclasses import astuple, fields

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from dashboards.queries.own_words import WordsRow, own_words
from people.views.access import viewer_of

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@login_required
@never_cache
@require_GET
def my_words(request: HttpRequest) -> HttpResponse:
    """A table of the reader's own check-ins, as UTF-8 with commas."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-words.csv"'
    writer = csv.writer(response)
    writer.writerow([field.name for field in fields(WordsRow)])
    for row in own_words(viewer_of(request)):
        writer.writerow([_cell(value) for value in astuple(row)])
    return response


def _cell(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value
