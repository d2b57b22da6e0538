"""Records of processes, each leading a session of its own: who it is for certain, and what it started.

A record holds the process id and the moment the process began; together they name it for certain, even
when its id has been given to another process since.
"""

import contextlib
import json
import os
import signal
import time
from pathlib import Path

from rig.paths import write_private

# a killed process is gone at once, unless it waits for a disk
KILL_SECONDS = 10


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
	return f"{_boot()}/{fields[19]}"


def write(record: Path, **more: str | int) -> None:
	"""Write this process down. A child calls it before it becomes its program, so that it never runs without."""
	pid = os.getpid()
	write_private(record, json.dumps({"pid": pid, "began": began(pid), **more}))


def running(record: Path) -> dict | None:
	"""Return what is written down about a process when that very process runs, else None."""
	known = _read(record)
	return known if known and known["began"] == began(known["pid"]) else None


def kill_session(record: Path) -> None:
	"""End at once what is left of the session of this record, also when its leader has been killed."""
	known = _read(record)
	if not known:
		return
	leader = began(known["pid"])
	if leader not in (None, known["began"]) or not known["began"].startswith(_boot()):
		return  # the id names another process by now
	deadline = time.monotonic() + KILL_SECONDS
	while (left := _session(known["pid"])) and time.monotonic() < deadline:
		for pid in left:
			with contextlib.suppress(ProcessLookupError):
				os.kill(pid, signal.SIGKILL)
		time.sleep(0.02)


def kill_orphans(folder: Path, pattern: str) -> None:
	"""End the sessions of those records whose `parent`, also named for certain, runs no more."""
	for record in folder.glob(pattern):
		known = _read(record)
		if known and began(known["parent"]) != known["parent_began"]:
			kill_session(record)
			record.unlink(missing_ok=True)


def _session(leader: int) -> list[int]:
	"""Return the processes of a session that still run."""
	members = []
	for entry in Path("/proc").iterdir():
		if entry.name.isdigit():
			with contextlib.suppress(ProcessLookupError, PermissionError):
				if os.getsid(int(entry.name)) == leader and began(int(entry.name)):
					members.append(int(entry.name))
	return members


def _read(record: Path) -> dict | None:
	try:
		return json.loads(record.read_text())
	except FileNotFoundError:
		return None


def _boot() -> str:
	return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
