"""What people say week by week."""

from checkins.models.check_in import CheckIn, CheckInVersion
from checkins.models.check_in_draft import CheckInDraft
from checkins.models.objective_note import ObjectiveNote
from checkins.models.reminder import Reminder
from checkins.models.skip import Skip

__all__ = ["CheckIn", "CheckInDraft", "CheckInVersion", "ObjectiveNote", "Reminder", "Skip"]
