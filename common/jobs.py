"""Background work by name: apps register it in their `tasks.py`, the outbox of `activity` runs it.

Work is told the moment (`at`) and must be idempotent: after a crash it may run again, unless it only touches the
database, in which case its effect and its "done" mark are one transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

JobRunner = Callable[..., None]
Minutely = Callable[..., None]
Sweeping = Callable[..., None]
RunnerT = TypeVar("RunnerT", bound=Callable[..., None])

_jobs: dict[str, Job] = {}
_minutely: dict[str, Minutely] = {}
_sweeping: dict[str, Sweeping] = {}


@dataclass(frozen=True, slots=True)
class Job:
    """A named piece of work. `run(payload, at=…)`; `is_external` when it reaches outside the database."""

    name: str
    run: JobRunner
    is_external: bool = False
    is_nightly: bool = False


def register_job(name: str, *, is_external: bool = False) -> Callable[[RunnerT], RunnerT]:
    """Decorator: `def send_mail_job(payload: dict, *, at: datetime) -> None` becomes the work called `name`.

    `is_external` work (mail, webhooks) runs outside a transaction and so at least once; other work runs in one
    transaction with its "done" mark, exactly once.
    """

    def register(run: RunnerT) -> RunnerT:
        _put(Job(name, run, is_external=is_external))
        return run

    return register


def every_night(name: str) -> Callable[[RunnerT], RunnerT]:
    """Decorator: `def snapshots_job(payload, *, at)` is queued once per UTC day (payload `{"on": "2026-03-01"}`),

    soon after midnight or as soon as the product runs again, with the retries and the visibility of any job.
    """

    def register(run: RunnerT) -> RunnerT:
        _put(Job(name, run, is_nightly=True))
        return run

    return register


def every_minute(name: str) -> Callable[[RunnerT], RunnerT]:
    """Decorator: `def plan_reminders(*, at: datetime)` is called about twice a minute; it looks for rows that are due.

    Two calls may overlap and one may be left out, so it must claim what it does (unique rows, enqueue with a key).
    """

    def register(run: RunnerT) -> RunnerT:
        _minutely[name] = run
        return run

    return register


def every_sweep(name: str) -> Callable[[RunnerT], RunnerT]:
    """Decorator: `def send_messages(*, now)` is called at every sweep: every few seconds, and when the bell rings.

    Many calls overlap, so it must claim the rows that it works on. `now` is the clock, because that may take long.
    """

    def register(run: RunnerT) -> RunnerT:
        _sweeping[name] = run
        return run

    return register


def _put(job: Job) -> None:
    known = _jobs.get(job.name)
    if known is not None and known.run is not job.run and _origin(known.run) != _origin(job.run):
        raise ValueError(f"two jobs are called {job.name!r}")
    _jobs[job.name] = job


def _origin(run: Any) -> tuple[str, str]:
    return run.__module__, run.__qualname__


def find_job(name: str) -> Job | None:
    """The registered work of that name."""
    return _jobs.get(name)


def nightly_jobs() -> list[str]:
    """Names of the work that is due once a day."""
    return sorted(name for name, job in _jobs.items() if job.is_nightly)


def minutely_work() -> dict[str, Callable[[datetime], None]]:
    """Name → function of one argument, the moment."""
    return {name: partial(_run_at, run) for name, run in _minutely.items()}


def _run_at(run: Minutely, at: datetime) -> None:
    run(at=at)


def sweeping_work() -> dict[str, Sweeping]:
    """Name → function of one keyword, `now`."""
    return dict(_sweeping)
