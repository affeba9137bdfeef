"""Short ways to write down what a closed quarter left behind."""

from __future__ import annotations

from dashboards.demo.shapes import KeyResultSpec, LinkSpec, ObjectiveSpec
from objectives.rules.kinds import KeyResultKind as Kind
from objectives.rules.kinds import KeyResultState, ObjectiveKind, ObjectiveState

COMMITTED, ASPIRATIONAL = ObjectiveKind.COMMITTED, ObjectiveKind.ASPIRATIONAL


def rise(
    title: str, start: str, target: str, now: str, unit: str = "%", confidence: str = "7"
) -> KeyResultSpec:
    kind = Kind.INCREASE if float(target) > float(start) else Kind.DECREASE
    return KeyResultSpec(
        title,
        kind,
        "",
        start,
        target,
        now=now,
        unit=unit,
        confidence=confidence,
        heard=3,
        state=KeyResultState.CLOSED,
    )


def done(title: str, now: str, confidence: str = "7") -> KeyResultSpec:
    return KeyResultSpec(
        title,
        Kind.PERCENT_DONE,
        "",
        now=now,
        unit="%",
        confidence=confidence,
        heard=3,
        state=KeyResultState.CLOSED,
    )


def closed(
    cycle: str,
    title: str,
    team: str,
    owner: str,
    priority: str,
    key_results: tuple[KeyResultSpec, ...],
    kind: ObjectiveKind = ASPIRATIONAL,
    score: str = "",
    score_reason: str = "",
    why: str = "",
) -> ObjectiveSpec:
    links = (LinkSpec(priority),) if priority else ()
    return ObjectiveSpec(
        title,
        team,
        owner,
        key_results,
        why,
        links,
        kind,
        cycle=cycle,
        state=ObjectiveState.CLOSED,
        score=score,
        score_reason=score_reason,
    )
