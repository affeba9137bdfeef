"""Two rows, one person: a placeholder's things become those of the person it stands for."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, models, transaction

from common.errors import RuleConflict
from common.locks import lock_graph
from people.events import announce
from people.models import ApiToken, Invitation, User
from people.services.edit_person import lock_person
from people.services.shapes import require_administrator

STAYS: frozenset[type[models.Model]] = frozenset({ApiToken, Invitation})


@transaction.atomic
def merge_people(*, placeholder: User, into: User, by: User, at: datetime) -> User:
    """Give everything that points at the placeholder to `into`, and return `into`.

    Every foreign key and list of any app is found in the model registry, deleted rows included; where both
    are in the same list (two members of one team) the placeholder's entry goes.
    RuleConflict unless the first is a placeholder and both are different people of this organisation.
    """
    require_administrator(by, "merge people")
    lock_graph(by.organisation_id, exclusively=True)
    placeholder, into = lock_person(placeholder, by), lock_person(into, by)
    if not placeholder.is_placeholder:
        raise RuleConflict(f"{placeholder.name} signs in, so is not a placeholder.", code="not_a_placeholder")
    if placeholder.pk == into.pk:
        raise RuleConflict("Choose somebody else to merge into.", code="same_person")
    moved = {}
    for relation in _relations():
        count = _repoint(relation, placeholder, into, at)
        if count:
            moved[f"{relation.related_model._meta.label_lower}.{relation.field.name}"] = count
    Invitation.objects.filter(
        placeholder=placeholder, accepted_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=at)
    external_id, placeholder.external_id = placeholder.external_id, None
    placeholder.merged_into = into
    placeholder.is_active = False
    placeholder.updated_at = at
    placeholder.save(update_fields=["external_id", "merged_into", "is_active", "updated_at"])
    if into.external_id is None and external_id is not None:
        into.external_id = external_id
    into.updated_at = at
    into.save(update_fields=["external_id", "updated_at"])
    announce(
        verb="person.merged",
        subject=into,
        by=by,
        at=at,
        merged=placeholder.pk,
        name=placeholder.name,
        moved=moved,
    )
    return into


def _relations() -> list[models.ManyToOneRel]:
    """Every foreign key to a person, those of many-to-many tables included."""
    return [
        relation
        for relation in User._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ManyToOneRel) and relation.related_model not in STAYS
    ]


def _repoint(relation: models.ManyToOneRel, placeholder: User, into: User, at: datetime) -> int:
    """Move the rows of one foreign key; returns how many it found."""
    model, field = relation.related_model, relation.field.name
    rows = model._base_manager.filter(**{field: placeholder})
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        return 0
    names = {known.name for known in model._meta.get_fields()}
    values: dict[str, object] = {field: into} | ({"updated_at": at} if "updated_at" in names else {})
    try:
        with transaction.atomic():
            rows.update(**values)
    except IntegrityError:
        for key in ids:
            _repoint_one(model, key, values)
    return len(ids)


def _repoint_one(model: type[models.Model], key: object, values: dict[str, object]) -> None:
    """Move one row, or drop it where the person already has the same one."""
    row = model._base_manager.filter(pk=key)
    try:
        with transaction.atomic():
            row.update(**values)
    except IntegrityError:
        row.delete()
