"""Every write to priorities and links, and the roll-up that follows it."""

from alignment.services.answer_reconfirmation import (
    Adapting,
    answer_reconfirmation,
    put_off_reconfirmation,
)
from alignment.services.draft_revision import discard_revision, draft_of, save_draft
from alignment.services.objective_draft import (
    InitiativeLine,
    KeyResultLine,
    LinkLine,
    ObjectiveDraft,
    StaleObjective,
)
from alignment.services.post_news import post_news
from alignment.services.publish_revision import publish_revision
from alignment.services.save_objective import save_objective
from alignment.services.write_links import LinkChanges, create_link, delete_link, edit_link
from alignment.services.write_priorities import (
    PriorityFields,
    activate_priority,
    create_priority,
    edit_priority,
    rank_priorities,
    retire_priority,
)

__all__ = [
    "Adapting",
    "InitiativeLine",
    "KeyResultLine",
    "LinkChanges",
    "LinkLine",
    "ObjectiveDraft",
    "PriorityFields",
    "StaleObjective",
    "activate_priority",
    "answer_reconfirmation",
    "create_link",
    "create_priority",
    "delete_link",
    "discard_revision",
    "draft_of",
    "edit_link",
    "edit_priority",
    "post_news",
    "publish_revision",
    "put_off_reconfirmation",
    "rank_priorities",
    "retire_priority",
    "save_draft",
    "save_objective",
]
