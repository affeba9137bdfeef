"""`manage.py import_okrs FOLDER --organisation NAME [--dry-run]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from common import clock
from integrations.rules.okr_folder.files import FolderRefused, read_folder
from integrations.rules.okr_folder.report import report_lines
from integrations.services.apply_import import apply_folder, rehearse_folder
from people.models import Organisation


class Command(BaseCommand):
    """Reads a folder (or zip) of OKR tables into an organisation, which is made when missing. Never prompts.

    Ends with 0, also when rows were flagged; with 1 when the folder could not be read at all.
    """

    help = "Bring a folder of OKR tables into an organisation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="folder or zip that holds objectives.csv")
        parser.add_argument("--organisation", required=True, help="its name; made when missing")
        parser.add_argument(
            "--dry-run", action="store_true", help="list the decision on every row, write nothing"
        )

    def handle(self, *args: Any, folder: Path, organisation: str, dry_run: bool, **options: Any) -> None:
        name = organisation.strip()
        if not name or len(name) > 200:
            raise CommandError("--organisation needs a name of 1 to 200 characters.")
        try:
            files = read_folder(folder)
            if dry_run:
                existing = Organisation.objects.filter(name=name).first()
                report = rehearse_folder(files=files, organisation=existing, at=clock.now())
            else:
                report = apply_folder(
                    files=files, organisation_name=name, by=None, at=clock.now(), tell=self._tell
                ).report
        except FolderRefused as refused:
            raise CommandError(f"Nothing was brought in. {refused}", returncode=1) from refused
        for line in report_lines(report, with_rows=dry_run):
            self.stdout.write(line)
        flagged = report["counts"]["flagged"]
        if dry_run:
            self.stdout.write("This was a rehearsal: nothing was written.")
        elif flagged:
            self.stdout.write(f"{flagged} rows left a question: Settings, Import.")

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
