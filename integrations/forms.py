"""Forms of the import page: an archive, and answers to what it left open."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile

from integrations.rules.okr_folder.files import MAX_ARCHIVE_BYTES


class UploadForm(forms.Form):
    """One zip archive with an objectives.csv in it."""

    archive = forms.FileField(
        label="A zip archive of one folder",
        help_text=f"It holds objectives.csv and the tables beside it; at most {MAX_ARCHIVE_BYTES // 2**20} MB.",
        error_messages={"required": "Choose a zip archive first.", "empty": "This archive is empty."},
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
        max_length=400,
    )

    def clean_archive(self) -> UploadedFile:
        archive: UploadedFile = self.cleaned_data["archive"]
        if archive.size and archive.size > MAX_ARCHIVE_BYTES:
            raise forms.ValidationError(
                f"It is bigger than {MAX_ARCHIVE_BYTES // 2**20} MB. Split it by cycle."
            )
        return archive


class AnswerForm(forms.Form):
    """An option that was offered, or days and words of one's own."""

    option = forms.CharField(required=False, max_length=100)
    first = forms.DateField(required=False)
    last = forms.DateField(required=False)
    day = forms.DateField(required=False)
    end_of_cycle = forms.ChoiceField(required=False, choices=[("start", "start"), ("end", "end")])
    words = forms.CharField(required=False, max_length=2000, strip=True)

    def answer(self) -> str:
        """The answer as `answer_question` takes it; empty when nothing was chosen or written."""
        given = self.cleaned_data
        if given["option"]:
            return str(given["option"])
        if given["first"] and given["last"]:
            return f"{given['first'].isoformat()}..{given['last'].isoformat()}"
        if given["day"]:
            day = str(given["day"].isoformat())
            return f"{given['end_of_cycle']}:{day}" if given["end_of_cycle"] else day
        return str(given["words"])
