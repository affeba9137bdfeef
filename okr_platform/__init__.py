"""Wiring of the product: settings, addresses, server and worker. No business word lives here."""

from okr_platform.celery import app as celery_app

__all__ = ["celery_app"]
