"""Who an owner cell names."""

from __future__ import annotations

import pytest

from integrations.rules.okr_folder.owners import read_owners


@pytest.mark.parametrize(
    ("cell", "people", "keeps_label"),
    [
        ("@maren", ("maren",), False),
        ("@maren, @noor-b", ("maren", "noor-b"), False),
        ("@maren @noor", ("maren", "noor"), False),
        (", @maren", ("maren",), False),
        ("@maren, @MAREN", ("maren",), False),
        ("@maren and team-x", ("maren",), True),
        ("@maren + tbd", ("maren",), True),
        ("ann@example.org", ("ann@example.org",), False),
        ("Greta Lindqvist", ("Greta Lindqvist",), False),
        ("Greta Lindqvist and Ivo van der Meer", ("Greta Lindqvist", "Ivo van der Meer"), False),
        ("TBD", (), True),
        ("TBD (@maren or @noor)", (), True),
        ("???", (), True),
        ("CEO", (), True),
        ("VP Engineering", (), True),
        ("Director of Engineering, Defend", (), True),
        ("Customer Success", (), True),
        ("Diversity, Inclusion & Belonging", (), True),
        ("code intel", (), True),
        ("", (), False),
    ],
)
def test_owner_cells(cell: str, people: tuple[str, ...], keeps_label: bool) -> None:
    found = read_owners(cell)
    assert found.people == people
    assert found.label == (cell if keeps_label else "")


def test_known_person_is_one() -> None:
    assert read_owners("Maren", known={"maren"}).people == ("Maren",)
    assert read_owners("Maren").label == "Maren"


def test_row_for_a_person_names_one() -> None:
    assert read_owners("Kamil", is_person=True).people == ("Kamil",)
    assert read_owners("Sales", is_person=True).people == ()
