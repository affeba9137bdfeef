"""What a link means unless said otherwise (RULES §2)."""

import pytest

from alignment.rules.kinds import LinkKind, LinkState, ParentType, default_kind, first_state


@pytest.mark.parametrize(
    ("parent_type", "kind"),
    [
        (ParentType.PRIORITY, LinkKind.CONTRIBUTES),
        (ParentType.OBJECTIVE, LinkKind.SUPPORTS),
        (ParentType.KEY_RESULT, LinkKind.SUPPORTS),
    ],
)
def test_default_kind(parent_type: ParentType, kind: LinkKind) -> None:
    assert default_kind(parent_type) is kind


def test_only_a_dependency_waits_for_an_answer() -> None:
    assert {kind for kind in LinkKind if first_state(kind) is LinkState.REQUESTED} == {LinkKind.DEPENDS_ON}
