"""Processes in the background: started once, known again by their record in ``var/run``, ended exactly."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rig import records
from rig.paths import LOG, ROOT, RUN
from rig.records import running
from rig.step import Stop

START_SECONDS = 60
# A worker may be in the middle of a job, the database writes its pages: give them time.
STOP_SECONDS = 30


@dataclass(frozen=True)
class Service:
	"""A program of the bench that runs in the background.

	`stamp` changes when the program must be started anew (its configuration or its code changed);
	`ready` tells whether it answers.
	"""

	name: str
	command: Sequence[str]
	ready: Callable[[], bool]
	stamp: str
	cwd: Path = ROOT
	env: Mapping[str, str] = field(default_factory=dict)

	@property
	def record(self) -> Path:
		"""Where the running process is written down."""
		return RUN / f"{self.name}.json"

	@property
	def log(self) -> Path:
		"""Where its output goes."""
		return LOG / f"{self.name}.log"


def start(service: Service) -> bool:
	"""Start a service unless it runs as wanted; one that runs with another stamp is ended first.

	Return whether it was started now. Raises Stop, with the end of its log, when it ends at once.
	"""
	known = running(service.record)
	if known and known["stamp"] == service.stamp:
		return False
	stop(service.record)
	with open(service.log, "a") as log:
		subprocess.Popen(
			service.command,
			cwd=service.cwd,
			env={**os.environ, **service.env},
			stdin=subprocess.DEVNULL,
			stdout=log,
			stderr=log,
			start_new_session=True,
			preexec_fn=lambda: records.write(service.record, stamp=service.stamp),
		)
	return True


def wait_until_ready(service: Service) -> None:
	"""Wait until a service answers. Raises Stop when it ended or does not answer in time."""
	deadline = time.monotonic() + START_SECONDS
	while not service.ready():
		if not running(service.record):
			raise Stop(f"{service.name} ended at once: {_last_line(service.log)} (see {_shown(service.log)})")
		if time.monotonic() > deadline:
			raise Stop(
				f"{service.name} does not answer after {START_SECONDS} s (see {_shown(service.log)}). "
				"If it hangs: `make stop`, then `make start`."
			)
		time.sleep(0.1)


def stop(record: Path) -> bool:
	"""End the process of this record and what it started, and drop the record. Return whether it ran."""
	known = running(record)
	if known:
		os.kill(known["pid"], signal.SIGTERM)
		deadline = time.monotonic() + STOP_SECONDS
		while running(record) and time.monotonic() < deadline:
			time.sleep(0.05)
	records.kill_session(record)
	record.unlink(missing_ok=True)
	return bool(known)


def _last_line(log: Path) -> str:
	lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
	return lines[-1][:200] if lines else "it left no message"


def _shown(path: Path) -> str:
	return str(path.relative_to(ROOT))
