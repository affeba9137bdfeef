"""The closed word lists of strategy and alignment (docs/glossary.md)."""

from enum import StrEnum


class LinkKind(StrEnum):
    """What a link from a child objective to its parent means."""

    CONTRIBUTES = "contributes"
    SUPPORTS = "supports"
    DEPENDS_ON = "depends_on"


class LinkState(StrEnum):
    """A dependency is a request that the other team answers; every other link is active at once."""

    ACTIVE = "active"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    DECLINED = "declined"


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


def default_kind(parent_type: ParentType) -> LinkKind:
    """A link to a priority contributes, any other supports, unless said otherwise."""
    return LinkKind.CONTRIBUTES if parent_type == ParentType.PRIORITY else LinkKind.SUPPORTS


def first_state(kind: LinkKind) -> LinkState:
    """The state of a new link: a dependency waits for an answer, the others hold at once."""
    return LinkState.REQUESTED if kind == LinkKind.DEPENDS_ON else LinkState.ACTIVE
