"""Processes in the background: started once, known again for certain, ended exactly.

Each has a record ``var/run/NAME.json`` with its process id and the moment it began, which together
name a process for certain even when its id has been given to another one since.
"""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rig.paths import LOG, ROOT, RUN
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


def began(pid: int) -> str | None:
	"""Return the moment a process began, as boot and clock ticks since; None when it does not run."""
	try:
		stat = Path(f"/proc/{pid}/stat").read_text()
	except OSError:
		return None
	# the name, in brackets, may hold spaces and brackets itself
	fields = stat.rpartition(")")[2].split()
	if fields[0] == "Z":
		return None
	return f"{Path('/proc/sys/kernel/random/boot_id').read_text().strip()}/{fields[19]}"


def running(record: Path) -> dict | None:
	"""Return what is written down about a service when that very process runs, else None."""
	try:
		known = json.loads(record.read_text())
	except (FileNotFoundError, json.JSONDecodeError):
		return None
	# a process that ended before its start was written down has no beginning
	return known if known["began"] and known["began"] == began(known["pid"]) else None


def start(service: Service) -> bool:
	"""Start a service unless it runs as wanted; one that runs with another stamp is ended first.

	Return whether it was started now. Raises Stop, with the end of its log, when it ends at once.
	"""
	known = running(service.record)
	if known and known["stamp"] == service.stamp:
		return False
	stop(service.record)
	with open(service.log, "a") as log:
		process = subprocess.Popen(
			service.command,
			cwd=service.cwd,
			env={**os.environ, **service.env},
			stdin=subprocess.DEVNULL,
			stdout=log,
			stderr=log,
			start_new_session=True,
		)
	service.record.write_text(
		json.dumps({"pid": process.pid, "began": began(process.pid), "stamp": service.stamp})
	)
	return True


def wait_until_ready(service: Service) -> None:
	"""Wait until a service answers. Raises Stop when it ended or does not answer in time."""
	deadline = time.monotonic() + START_SECONDS
	while not service.ready():
		if not running(service.record):
			raise Stop(f"{service.name} ended at once: {_last_line(service.log)} (see {_shown(service.log)})")
		if time.monotonic() > deadline:
			raise Stop(f"{service.name} does not answer after {START_SECONDS} s (see {_shown(service.log)})")
		time.sleep(0.1)


def stop(record: Path) -> bool:
	"""End the process of this record and what it started, and drop the record. Return whether it ran."""
	known = running(record)
	if known:
		os.kill(known["pid"], signal.SIGTERM)
		deadline = time.monotonic() + STOP_SECONDS
		while running(record) and time.monotonic() < deadline:
			time.sleep(0.05)
	_kill_session(record)
	record.unlink(missing_ok=True)
	return bool(known)


def _kill_session(record: Path) -> None:
	"""End at once what is left of the session of this record, also when its leader has been killed."""
	try:
		known = json.loads(record.read_text())
	except (FileNotFoundError, json.JSONDecodeError):
		return
	leader = began(known["pid"])
	boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
	if leader not in (None, known["began"]) or not str(known["began"]).startswith(boot):
		return  # the id names another process by now
	for entry in Path("/proc").iterdir():
		if entry.name.isdigit():
			with contextlib.suppress(ProcessLookupError, PermissionError):
				if os.getsid(int(entry.name)) == known["pid"]:
					os.kill(int(entry.name), signal.SIGKILL)


def _last_line(log: Path) -> str:
	lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
	return lines[-1][:200] if lines else "it left no message"


def _shown(path: Path) -> str:
	return str(path.relative_to(ROOT))
