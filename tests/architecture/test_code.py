"""What the code never does, whatever it is about."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field

from tests.architecture.sources import (
    HIGH_TO_LOW,
    app_of,
    called_names,
    imported_names,
    name_of,
    product_modules,
    room_of,
    tree_of,
)

TOLD_THE_TIME = {"rules", "models", "queries", "services", "permissions"}
CLOCKS = ("timezone.now", "datetime.now", "datetime.utcnow", "date.today", "timezone.localdate", "time.time")
HTTP = ("django.http", "django.shortcuts", "rest_framework")
SIGNALS = ("django.db.models.signals", "django.dispatch")
MOST_LINES = 300
MOST_LINES_OF_A_FUNCTION = 50


def offenders(names: list[str]) -> str:
    return "\n".join(names)


def test_no_model_points_upward() -> None:
    """Foreign keys by text are not imports, so the contracts cannot see them."""
    rank = {app: place for place, app in enumerate(reversed(HIGH_TO_LOW))}
    upward = []
    for model in apps.get_models():
        own = model._meta.app_label
        for field in model._meta.get_fields():
            if not isinstance(field, Field) or not field.is_relation or field.related_model is None:
                continue
            target = field.related_model._meta.app_label  # type: ignore[union-attr]
            if own in rank and target in rank and rank[target] > rank[own]:
                upward.append(f"{model.__name__}.{field.name} → {target}")
    assert upward == []


def test_no_signals_and_no_save_overrides() -> None:
    found = []
    for path in product_modules():
        if app_of(path) == "okr_platform":
            continue
        tree = tree_of(path)
        found += [f"{name_of(path)}: {name}" for name in imported_names(tree) if name.startswith(SIGNALS)]
        if room_of(path) == "models":
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef) and node.name in {
                    "save",
                    "delete",
                    "full_clean",
                    "clean",
                }:
                    found.append(f"{name_of(path)}: def {node.name}")
    assert found == [], offenders(found)


def test_only_the_top_room_reads_the_clock() -> None:
    found = [
        f"{name_of(path)}: {name}()"
        for path in product_modules()
        if room_of(path) in TOLD_THE_TIME
        for name in called_names(tree_of(path))
        if name.endswith(CLOCKS)
    ]
    assert found == [], offenders(found)


def test_nothing_below_the_views_knows_http() -> None:
    found = [
        f"{name_of(path)}: {name}"
        for path in product_modules()
        if app_of(path) != "common" and room_of(path) in TOLD_THE_TIME
        for name in imported_names(tree_of(path))
        if name.startswith(HTTP)
    ]
    assert found == [], offenders(found)


def test_rules_are_pure() -> None:
    found = [
        f"{name_of(path)}: {name}"
        for path in product_modules()
        if room_of(path) == "rules"
        for name in imported_names(tree_of(path))
        if name.startswith(("django", "random", "celery", "time."))
    ]
    assert found == [], offenders(found)


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "managers", "misc", "handlers"])
def test_no_module_without_a_subject(name: str) -> None:
    assert [name_of(path) for path in product_modules() if path.stem == name] == []


def test_files_stay_small() -> None:
    found = [
        f"{name_of(path)}: {lines} lines"
        for path in product_modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    ]
    assert found == [], offenders(found)


def test_functions_stay_small() -> None:
    found = []
    for path in product_modules():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[1] if len(node.body) > 1 and ast.get_docstring(node) else node.body[0]
                lines = (node.end_lineno or first.lineno) - first.lineno + 1
                if lines > MOST_LINES_OF_A_FUNCTION:
                    found.append(f"{name_of(path)}: {node.name} has {lines} lines")
    assert found == [], offenders(found)


def test_every_module_says_what_it_is_for() -> None:
    found = [
        name_of(path)
        for path in product_modules()
        if path.stem not in {"__init__", "apps"}
        and path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(tree_of(path))
    ]
    assert found == [], offenders(found)


def test_who_and_when_are_keywords() -> None:
    """A service is told who acts and when by name, never by place."""
    found = []
    for path in product_modules():
        if room_of(path) != "services" or app_of(path) in {"activity"}:
            continue
        for node in tree_of(path).body:
            if not isinstance(node, ast.FunctionDef) or node.name != path.stem:
                continue
            if {"by", "at"} & {one.arg for one in node.args.args}:
                found.append(f"{name_of(path)}: {node.name}")
    assert found == [], offenders(found)


def test_there_is_something_to_look_at() -> None:
    assert len(product_modules()) > 100
    assert all(isinstance(path, Path) for path in product_modules())
