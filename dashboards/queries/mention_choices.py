"""Whom somebody may mean while they type @ and the beginning of a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from checkins.rules.mentions import kept_form
from dashboards.queries.people_to_thank import people_near
from objectives.models import Objective
from objectives.permissions import people_who_see
from people.models import User

MOST_CHOICES = 8
LONGEST = 60
"""More signs than a beginning needs."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One person. `insert` goes into the text; it names the id where the name alone would not be clear.

    `hint` tells two people of one name apart, "" otherwise.
    """

    name: str
    insert: str
    hint: str = ""


def mention_choices(
    user: User, objective: Objective, typed: str, *, is_plain: bool = False
) -> tuple[Choice, ...]:
    """People who may read the objective and can be told, without the reader; at most three statements.

    typed     the beginning of a name or of one of its later words; empty offers who is near the objective
    is_plain  the words are read where nothing is drawn from ids, so names stay names
    """
    beginning = " ".join(typed.split())[:LONGEST]
    people = people_who_see(objective).filter(is_active=True, email__isnull=False)
    wanted = people.exclude(pk=user.pk)
    if beginning:
        wanted = wanted.filter(Q(name__istartswith=beginning) | Q(name__icontains=f" {beginning}"))
    else:
        wanted = wanted.filter(pk__in=[one.id for one in people_near(user, objective)])
    first = Case(
        When(name__istartswith=beginning, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = list(wanted.order_by(first, "name", "pk").values_list("pk", "name", "email")[:MOST_CHOICES])
    if not rows:
        return ()
    alike = Q()
    for _, name, _ in rows:
        alike |= Q(name__istartswith=name)
    names = [name.casefold() for name in people.filter(alike).values_list("name", flat=True)]
    return tuple(_choice(str(pk), name, email or "", names, is_plain) for pk, name, email in rows)


def _choice(pk: str, name: str, email: str, names: Sequence[str], is_plain: bool) -> Choice:
    folded = name.casefold()
    namesakes = names.count(folded)
    is_clear = namesakes == 1 and not any(other.startswith(f"{folded} ") for other in names)
    insert = f"@{name}" if is_clear or is_plain else kept_form(name, pk)
    return Choice(name, insert, email if namesakes > 1 else "")
