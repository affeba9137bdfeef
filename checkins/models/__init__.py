"""What people say week by week."""

from checkins.models.ask import Ask, AskStep
from checkins.models.check_in import CheckIn, CheckInVersion
from checkins.models.check_in_draft import CheckInDraft
from checkins.models.comment import Comment, CommentVersion, Reaction
from checkins.models.nudge import Nudge
from checkins.models.objective_note import ObjectiveNote
from checkins.models.review import Decision, NextStep, Review
from checkins.models.skip import Skip
from checkins.models.thanks import Thanks, ThanksReceiver, Win

__all__ = [
    "Ask",
    "AskStep",
    "CheckIn",
    "CheckInDraft",
    "CheckInVersion",
    "Comment",
    "CommentVersion",
    "Decision",
    "NextStep",
    "Nudge",
    "ObjectiveNote",
    "Reaction",
    "Review",
    "Skip",
    "Thanks",
    "ThanksReceiver",
    "Win",
]
