"""The closed word lists of strategy and alignment (docs/glossary.md)."""

from enum import StrEnum


class LinkKind(StrEnum):
    """What a link from a child objective to its parent means."""

    CONTRIBUTES = "contributes"
    SUPPORTS = "supports"
    DEPENDS_ON = "depends_on"


class LinkState(StrEnum):
    """A dependency is a request that the other team answers; every other link is active at once.

    `renegotiated`: the other team offers something else, and the asking team answers that.
    """

    ACTIVE = "active"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RENEGOTIATED = "renegotiated"


class ParentType(StrEnum):
    """What a child objective can be linked to."""

    PRIORITY = "priority"
    OBJECTIVE = "objective"
    KEY_RESULT = "key_result"


class PriorityState(StrEnum):
    """Stored life of a strategic priority."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class RevisionKind(StrEnum):
    """What a version of a priority did."""

    STATED = "stated"
    REWORDED = "reworded"
    RANKED = "ranked"
    RETIRED = "retired"
    TAKEN_UP = "taken_up"


class RevisionState(StrEnum):
    """A draft is seen by leaders only; published ones are never changed again."""

    DRAFT = "draft"
    PUBLISHED = "published"


class ReconfirmationState(StrEnum):
    """An objective's answer to a change above it. `released`: nobody has to answer any more."""

    OPEN = "open"
    KEPT = "kept"
    ADAPTED = "adapted"
    STOPPED = "stopped"
    RELEASED = "released"


def default_kind(parent_type: ParentType) -> LinkKind:
    """A link to a priority contributes, any other supports, unless said otherwise."""
    return LinkKind.CONTRIBUTES if parent_type == ParentType.PRIORITY else LinkKind.SUPPORTS


def first_state(kind: LinkKind) -> LinkState:
    """The state of a new link: a dependency waits for an answer, the others hold at once."""
    return LinkState.REQUESTED if kind == LinkKind.DEPENDS_ON else LinkState.ACTIVE
