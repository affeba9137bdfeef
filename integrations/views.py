"""The import pages of administrators: bring an archive, look at what would happen, bring it in, answer, take back."""

from __future__ import annotations

import csv
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import clock
from common.errors import InvalidInput, ProductError
from integrations.forms import AnswerForm, UploadForm
from integrations.permissions import visible_import_questions, visible_import_runs
from integrations.queries.import_page import (
    ROWS_ON_A_PAGE,
    cards_of,
    rows_of,
    run_list,
    tabs_of,
    undo_until,
)
from integrations.queries.open_questions import open_questions, question_kinds, with_subjects
from integrations.rules.okr_folder.report import csv_lines
from integrations.services.answer_question import accept_questions, answer_question
from integrations.services.rehearse_import import apply_rehearsal, rehearse_upload
from integrations.services.undo_import import undo_import
from people.views.access import administrators_only, viewer_of


@administrators_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The page that takes an archive, with the earlier imports below. An archive is rehearsed at once."""
    viewer, at = viewer_of(request), clock.now()
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    if is_sent and form.is_valid():
        archive = form.cleaned_data["archive"]
        try:
            run = rehearse_upload(archive=archive.read(), name=archive.name or "", by=viewer, at=at)
            return redirect("import_run", run_id=run.pk)
        except InvalidInput as error:
            form.add_error("archive", error.message)
    context = {
        "form": form,
        "runs": run_list(viewer, at=at),
        "open_count": open_questions(viewer).count(),
    }
    return render(request, "integrations/imports.html", context, status=422 if form.errors else 200)


@administrators_only
@never_cache
@require_safe
def import_run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """What would happen, or what happened: figures that add up, and every row under its outcome."""
    viewer = viewer_of(request)
    run = get_object_or_404(visible_import_runs(viewer).select_related("by"), pk=run_id)
    tabs = tabs_of(run.report, request.GET.get("show", ""))
    current = next(tab for tab in tabs if tab.is_current)
    rows = Paginator(rows_of(run.report, current.key), ROWS_ON_A_PAGE)
    will_be_made = run.report["counts"]["made"] + run.report["counts"]["flagged"]
    context: dict[str, Any] = {
        "run": run,
        "report": run.report,
        "cards": cards_of(run.report),
        "tabs": tabs,
        "current": current,
        "page": rows.get_page(request.GET.get("page")),
        "will_be_made": will_be_made,
        "will_change": will_be_made + run.report["counts"]["updated"],
        "undo_until": undo_until(run.state, run.applied_at, clock.now()),
    }
    return render(request, "integrations/run.html", context)


@administrators_only
@require_POST
def import_apply(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Bring in what was rehearsed."""
    viewer = viewer_of(request)
    run = get_object_or_404(visible_import_runs(viewer), pk=run_id)
    try:
        applied = apply_rehearsal(run=run, by=viewer, at=clock.now())
    except ProductError as error:
        messages.error(request, error.message)
    else:
        counts = applied.report["counts"]
        made = counts["made"] + counts["flagged"]
        messages.success(request, f"{made} rows were brought in. It can be taken back for 14 days.")
    return redirect("import_run", run_id=run.pk)


@administrators_only
@require_POST
def import_undo(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Take an import back."""
    viewer = viewer_of(request)
    run = get_object_or_404(visible_import_runs(viewer), pk=run_id)
    try:
        kept = undo_import(run=run, by=viewer, at=clock.now())
    except ProductError as error:
        messages.error(request, error.message)
    else:
        stayed = f" {kept} objectives that people worked on since stayed." if kept else ""
        messages.success(request, f"{run.source_name} was taken back.{stayed}")
    return redirect("import")


@administrators_only
@require_safe
def import_report(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """The report as CSV, a line for every row."""
    run = get_object_or_404(visible_import_runs(viewer_of(request)), pk=run_id)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-report-{run.pk}.csv"'
    writer = csv.writer(response)
    writer.writerows(csv_lines(run.report))
    return response


@administrators_only
@never_cache
@require_safe
def import_questions(request: HttpRequest) -> HttpResponse:
    """What imports left open, by kind."""
    viewer = viewer_of(request)
    code = request.GET.get("kind", "")
    page = Paginator(open_questions(viewer, code=code), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "kinds": question_kinds(viewer),
        "code": code,
        "page": page,
        "questions": with_subjects(list(page.object_list)),
    }
    return render(request, "integrations/questions.html", context)


@administrators_only
@require_POST
def import_answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Answer one question."""
    viewer = viewer_of(request)
    question = get_object_or_404(visible_import_questions(viewer).select_related("run"), pk=question_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "One of the days cannot be read.")
        return redirect(_questions_address(request))
    try:
        answer_question(question=question, by=viewer, at=clock.now(), answer=form.answer())
    except ProductError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Answered.")
    return redirect(_questions_address(request))


@administrators_only
@require_POST
def import_accept(request: HttpRequest) -> HttpResponse:
    """Leave all questions of one kind as they are."""
    viewer = viewer_of(request)
    code = request.POST.get("kind", "")
    count = (
        accept_questions(questions=open_questions(viewer, code=code), by=viewer, at=clock.now())
        if code
        else 0
    )
    messages.success(request, f"{count} rows stay as they are.")
    return redirect("import_questions")


def _questions_address(request: HttpRequest) -> str:
    kind = request.POST.get("kind", "")
    known = kind.replace("_", "").isalnum()
    return reverse("import_questions") + (f"?kind={kind}" if known else "")
