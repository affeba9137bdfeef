"""`make bench`, or `python -m benchmarks api_list plan_reminders` for some of them alone."""

from __future__ import annotations

import argparse
import sys
import traceback

from benchmarks import alignment_map, api_list, check_in, page_weight, plan_reminders, publish, strategy_page
from benchmarks.report import Line
from benchmarks.stage import Size, open_stage

BENCHMARKS = {
    "api_list": api_list.run,
    "strategy_page": strategy_page.run,
    "page_weight": page_weight.run,
    "check_in": check_in.run,
    "plan_reminders": plan_reminders.run,
    "publish": publish.run,
    "alignment_map": alignment_map.run,
}


def main() -> int:
    """Prints as it goes; 1 when an aim was missed or something broke."""
    size = Size()
    arguments = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    arguments.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHMARKS)}; all when left out"
    )
    for name in ("people", "objectives", "key_results", "weeks"):
        option = f"--{name.replace('_', '-')}"
        arguments.add_argument(option, type=int, default=getattr(size, name), metavar="N")
    chosen = arguments.parse_args()
    if unknown := set(chosen.names) - set(BENCHMARKS):
        arguments.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    size = Size(chosen.people, chosen.objectives, chosen.key_results, chosen.weeks)
    print(
        f"{size.objectives} objectives, {size.key_results} key results, {size.weeks} weeks, PostgreSQL",
        flush=True,
    )
    lines: list[Line] = []
    with open_stage(size) as stage:
        for name in chosen.names or BENCHMARKS:
            try:
                found = BENCHMARKS[name](stage)
            except Exception:
                traceback.print_exc()
                found = [Line(name, "broke, see above", "", False)]
            print("\n".join(line.text() for line in found), flush=True)
            lines += found
    return 1 if any(line.met is False for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
