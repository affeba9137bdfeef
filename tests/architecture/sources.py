"""The project's own files, for the tests that read code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HIGH_TO_LOW = (
    "okr_platform",
    "dashboards",
    "integrations",
    "insights",
    "checkins",
    "alignment",
    "objectives",
    "notices",
    "activity",
    "people",
    "common",
)


@cache
def product_modules() -> tuple[Path, ...]:
    """Every module of the product, migrations left out."""
    found = (path for app in HIGH_TO_LOW for path in sorted((ROOT / app).rglob("*.py")))
    return tuple(path for path in found if "migrations" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def name_of(path: Path) -> str:
    """The path below the project, as shown in a failure."""
    return path.relative_to(ROOT).as_posix()


def app_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def room_of(path: Path) -> str:
    """rules, models, services …: the part of the app that a module belongs to."""
    parts = path.relative_to(ROOT).parts
    return parts[1].removesuffix(".py") if len(parts) > 1 else ""


def imported_names(tree: ast.Module) -> Iterator[str]:
    """Dotted names of everything imported; `from a import b` gives `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called_names(tree: ast.Module) -> Iterator[str]:
    """Dotted names of everything called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def stylesheets() -> list[Path]:
    return sorted((ROOT / "static" / "css").rglob("*.css"))


def tracked_files() -> list[Path]:
    """Files of the project as a reader gets them; what .gitignore names is left out."""
    skipped = {
        ".git",
        ".venv",
        "var",
        "__pycache__",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        ".hypothesis",
    }
    return [
        path for path in ROOT.rglob("*") if path.is_file() and not skipped & set(path.relative_to(ROOT).parts)
    ]
