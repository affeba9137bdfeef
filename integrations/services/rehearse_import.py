"""An uploaded archive: rehearsed first, brought in when somebody says so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from common.errors import InvalidInput, NotAllowed, RuleConflict
from integrations.models import ImportRun
from integrations.permissions import can_import
from integrations.rules.keeping import UPLOAD_IS_KEPT
from integrations.rules.okr_folder.files import FolderRefused, read_archive
from integrations.services.apply_import import AppliedImport, apply_folder, rehearse_folder
from people.models import User


def rehearse_upload(*, archive: bytes, name: str, by: User, at: datetime) -> ImportRun:
    """Read the archive and keep what would happen, with the archive for a day. Writes nothing of its content.

    Raises InvalidInput on field `archive` when it cannot be read, NotAllowed for others than administrators.
    """
    if not can_import(by):
        raise NotAllowed("Only administrators bring things in.")
    try:
        files = read_archive(archive, name=name[:400] or "archive.zip")
        report = rehearse_folder(files=files, organisation=by.organisation, at=at)
    except FolderRefused as refused:
        raise InvalidInput.of("archive", "refused", str(refused)) from refused
    with transaction.atomic():
        forget_old_uploads(at=at)
        return ImportRun.objects.create(
            organisation=by.organisation,
            by=by,
            source_name=files.name,
            digest=files.digest,
            state="rehearsed",
            upload=archive,
            report=report,
        )


def apply_rehearsal(*, run: ImportRun, by: User, at: datetime) -> AppliedImport:
    """Bring in what was rehearsed, decided again against the organisation as it is now.

    Raises RuleConflict when it was brought in already or its archive is no longer kept, NotAllowed for others than
    administrators of the same organisation.
    """
    if not can_import(by) or run.organisation_id != by.organisation_id:
        raise NotAllowed("Only administrators bring things in.")
    with transaction.atomic():
        locked = ImportRun.objects.select_for_update().get(pk=run.pk)
        if locked.state != "rehearsed":
            raise RuleConflict(f"This import is {locked.state} already.")
        if locked.upload is None:
            raise RuleConflict("The archive is kept for one day. Please bring it once more.", code="expired")
        files = read_archive(bytes(locked.upload), name=locked.source_name)
        return apply_folder(files=files, organisation_name=locked.organisation.name, by=by, at=at, run=locked)


def forget_old_uploads(*, at: datetime) -> int:
    """Let go of archives that nobody brought in within a day; how many there were."""
    old = ImportRun.objects.filter(state="rehearsed", created_at__lt=at - UPLOAD_IS_KEPT)
    return old.filter(upload__isnull=False).update(upload=None)
