"""How often the writing coach is right: `python benchmarks/coach_accuracy.py FILE.csv`.

The file has the columns kind (objective, key_result), text, label (good, bad) and disputed. A line counts as bad when a
rule of level tip or stop fires; disputed lines are left out. Prints what fired by line, precision and recall for "bad";
exits 1 below 0.80 of either.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from insights.queries.word_lists import words_of
from insights.rules.coach import (
    KeyResultLine,
    ObjectiveLine,
    is_bad,
    look_at_key_result,
    look_at_objective,
)

LEAST = 0.80


def main(path: Path) -> int:
    """0 when both measures are reached."""
    words = words_of("en")
    right = wrong = missed = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["kind"] not in ("objective", "key_result"):
                continue
            if row["kind"] == "objective":
                found = look_at_objective(ObjectiveLine(row["text"]), words)
            else:
                found = look_at_key_result(KeyResultLine(row["text"]), words)
            says_bad, bad = is_bad(found), row["label"] == "bad"
            is_disputed = bool((row.get("disputed") or "").strip())
            mark = "left out" if is_disputed else "right" if says_bad is bad else "missed" if bad else "wrong"
            rules = " ".join(f"{one.rule}({one.level})" for one in found) or "nothing"
            print(f"{mark:8} {row['kind']:10} {row['label']:4} {rules:28} {row['text']}")
            if not is_disputed:
                right += says_bad and bad
                wrong += says_bad and not bad
                missed += bad and not says_bad
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    print(f"precision {precision:.3f}  recall {recall:.3f}  (both at least {LEAST:.2f})")
    return 0 if min(precision, recall) >= LEAST else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("python benchmarks/coach_accuracy.py FILE.csv")
    sys.exit(main(Path(sys.argv[1])))
