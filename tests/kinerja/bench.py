"""`make bench`: how long the programme takes, compared with what it stands on, in one run.

Each file `bench_*.py` beside this one has a function `measures(stage)` that yields its Measures; whatever they
need is made ready when a side is first called, so that a part runs alone quickly. `ONLY` is a beginning of
names. Goals that are missed are said, and do not make the run fail.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "config"))

from measure import Measure, Result, take
from rig.paths import SITES, VAR
from rig.step import exit_clearly
from stage import Stage

HERE = Path(__file__).resolve().parent
RESULTS = VAR / "benchmark.json"


def all_measures(stage: Stage) -> Iterator[Measure]:
	for file in sorted(HERE.glob("bench_*.py")):
		yield from importlib.import_module(file.stem).measures(stage)


def run(measures: Iterable[Measure], only: str = "", results: Path = RESULTS) -> list[Result]:
	"""Take the measures whose names begin with `only`, print them, and write them to `results`.

	Entries of other names in that file stay.
	"""
	taken = []
	print(f"\n  {'':<38}{'measured':>12}{'reference':>12}{'ratio':>8}{'goal':>7}", flush=True)
	for measure in measures:
		if not measure.name.startswith(only):
			continue
		r = take(measure)
		taken.append(r)
		print(
			f"  {r.name:<38}{r.measured_ms:>9.2f} ms{r.reference_ms:>9.2f} ms{r.value:>8.2f}{r.goal:>7.2f}"
			f"{'' if r.met else '  ✗ MISSED'}",
			flush=True,
		)
	known = json.loads(results.read_text()) if results.is_file() else []
	kept = [entry for entry in known if not entry["name"].startswith(only)]
	results.write_text(json.dumps(kept + [r.entry() for r in taken], indent=1) + "\n")
	if missed := [r.name for r in taken if not r.met]:
		print(f"\n  ✗ {len(missed)} of {len(taken)} goals MISSED: {', '.join(missed)}")
	elif taken:
		print(f"\n  ✓ all {len(taken)} goals met.")
	else:
		print(f"  Nothing is named {only}….")
	return taken


def main() -> None:
	os.chdir(SITES)  # the framework reads assets and logs relative to it
	only = sys.argv[1] if len(sys.argv) > 1 else ""
	run(all_measures(Stage()), only)


if __name__ == "__main__":
	sys.exit(exit_clearly(main))
