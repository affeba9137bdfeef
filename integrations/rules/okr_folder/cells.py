"""What a cell says: days, numbers and words for "done"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from hashlib import sha256

from objectives.rules.measures import check_number

DONE_WORDS = frozenset({"complete", "completed", "done", "finished", "reached", "achieved", "yes", "100%"})
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


@dataclass(frozen=True, slots=True)
class Day:
    """A date cell. `value` is the day to go by for now (None: none can be told), `problem` why it is asked
    about ("" when it is plain), `options` the days it may mean."""

    value: date | None
    problem: str = ""
    options: tuple[date, ...] = ()


def parse_day(text: str) -> Day:
    """Read a date. An impossible day such as 2021-04-31 stands for the month's last one until somebody answers."""
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        year, month, day = (int(part) for part in found.groups())
        return _day(text, year, month, day)
    found = _YEAR_LAST.fullmatch(text)
    if not found:
        return Day(None, f"“{text}” is no date we can read.")
    first, second, year = (int(part) for part in found.groups())
    if second > 12 and first <= 12:
        return _day(text, year, first, second)
    day_first = _day(text, year, second, first)
    if first == second or "." in text or first > 12 or day_first.value is None or day_first.problem:
        return day_first
    both = (day_first.value, date(year, first, second))
    return Day(both[0], f"“{text}” may be {both[0]:%-d %B} or {both[1]:%-d %B %Y}.", both)


def _day(text: str, year: int, month: int, day: int) -> Day:
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1900 <= year <= 2200):
        return Day(None, f"“{text}” is no date in any calendar we know.")
    last = monthrange(year, month)[1]
    if day <= last:
        return Day(date(year, month, day))
    nearest = date(year, month, last)
    following = date(year + month // 12, month % 12 + 1, 1)
    return Day(nearest, f"The date {text} does not exist.", (nearest, following))


def parse_number(text: str) -> Decimal | None:
    """The number a value cell holds, also with thousands commas or a per cent sign; None when it is none, or longer
    than 18 digits."""
    bare = text.replace("\u00a0", "").replace(" ", "").removesuffix("%")
    if _THOUSANDS.fullmatch(bare):
        bare = bare.replace(",", "")
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() > 17:
        return None
    number = number.quantize(Decimal("0.000001"), ROUND_HALF_UP).normalize() if number else Decimal(0)
    return None if check_number(number, field="value") else number


def parse_score(text: str, *, limit: Decimal) -> Decimal | None:
    """A stated score as a ratio, four decimals; "70%" is 0.7. Below 0 and above 1 are kept. None: not to be read."""
    number = parse_number(text)
    if number is None:
        return None
    ratio = number / 100 if text.strip().endswith("%") else number
    rounded = ratio.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return rounded if abs(rounded) < limit else None


def says_done(text: str) -> bool:
    """Whether a status cell says, in so many words, that it is done."""
    return text.casefold().removeprefix("status:").strip(" .!") in DONE_WORDS


def clipped(text: str, length: int) -> str:
    """At most `length` characters; what is cut ends in an ellipsis (the whole stays in the source fields)."""
    return text if len(text) <= length else text[: length - 1] + "…"


def fitted_id(text: str, length: int = 400) -> str:
    """An external id that fits its column; a longer one keeps its beginning and ends in a digest of the whole."""
    if len(text) <= length:
        return text
    digest = sha256(text.encode()).hexdigest()
    return f"{text[: length - 33]}|{digest[:32]}"
