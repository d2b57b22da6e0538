"""Two things timed side by side: by turns, in one process, warmed up.

The value is the median of the rounds' ratios: what else the machine does weighs on both sides of a round alike.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

RUNS, WARM_UP = 101, 5

# makes ready, outside the time, and returns what is to be timed
Side = Callable[[], Callable[[], object]]


@dataclass(frozen=True)
class Measure:
	"""`value` will be the time of `measured` over that of `reference`; `goal` is the most it may be.

	`unit` says how many of the referred work one call of `measured` does (rows of a bulk action); `after` undoes
	what the calls have left.
	"""

	name: str
	goal: float
	measured: Side
	reference: Side
	runs: int = RUNS
	unit: int = 1
	warm_up: int | None = None  # rounds that do not count; WARM_UP unless told otherwise
	after: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Result:
	name: str
	value: float
	goal: float
	met: bool
	runs: int
	measured_ms: float
	reference_ms: float

	def entry(self) -> dict:
		"""What the list of benchmarks holds."""
		return {
			"name": self.name,
			"value": self.value,
			"goal": self.goal,
			"met": self.met,
			"runs": self.runs,
		}


def take(measure: Measure) -> Result:
	"""Time both sides by turns, each going first in every other round."""
	sides = (measure.measured, measure.reference)
	rounds: list[tuple[float, float]] = []
	gc.collect()
	gc.freeze()
	gc.disable()
	try:
		warm_up = WARM_UP if measure.warm_up is None else measure.warm_up
		for turn in range(-warm_up, measure.runs):
			seconds = [0.0, 0.0]
			for which in (0, 1) if turn % 2 else (1, 0):
				seconds[which] = _time(sides[which]())
			if turn >= 0:
				rounds.append((seconds[0] / measure.unit, seconds[1]))
	finally:
		gc.enable()
		gc.unfreeze()
		measure.after()
	measured, reference = (median(times) for times in zip(*rounds, strict=True))
	value = round(median(one / other for one, other in rounds), 3)
	return Result(
		measure.name,
		value,
		measure.goal,
		value <= measure.goal,
		measure.runs,
		round(measured * 1000, 2),
		round(reference * 1000, 2),
	)


def _time(work: Callable[[], object]) -> float:
	begin = perf_counter()
	work()
	return perf_counter() - begin
