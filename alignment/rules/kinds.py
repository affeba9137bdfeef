"""The closed word lists of alignment."""

from enum import StrEnum


class PriorityState(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class ParentType(StrEnum):
    """What an objective can lead to."""

    PRIORITY = "priority"
    OBJECTIVE = "objective"
    KEY_RESULT = "key_result"


class LinkKind(StrEnum):
    """Contributes counts in the parent's roll-up; supports is shown; depends on is a request."""

    CONTRIBUTES = "contributes"
    SUPPORTS = "supports"
    DEPENDS_ON = "depends_on"


class LinkState(StrEnum):
    """`active` for contributes and supports; a dependency is requested, then accepted or declined."""

    ACTIVE = "active"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    DECLINED = "declined"


def default_kind(parent_type: ParentType) -> LinkKind:
    """A link to a priority contributes, any other supports, unless said otherwise (RULES 2)."""
    return LinkKind.CONTRIBUTES if parent_type == ParentType.PRIORITY else LinkKind.SUPPORTS
