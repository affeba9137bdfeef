"""Imports and what they left to ask."""

from integrations.models.import_run import ImportQuestion, ImportRun

__all__ = ["ImportQuestion", "ImportRun"]
