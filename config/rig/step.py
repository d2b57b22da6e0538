"""Steps with their time, programs with their output in a log, and one clear line when something fails."""

import ctypes
import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rig import records
from rig.paths import LOG, ROOT, RUN, SETUP_LOG

NO_NETWORK = (
	"name resolution",
	"temporary failure resolving",
	"name or service not known",
	"dns error",
	"enotfound",
	"eai_again",
	"econnrefused",
	"etimedout",
	"network is unreachable",
	"connection refused",
	"failed to establish a new connection",
	"could not resolve",
	"error sending request",
	"error trying to connect",
	"no matching distribution found",
)
BAD_CERTIFICATE = (
	"unknownissuer",
	"certificate_verify_failed",
	"unable_to_get_issuer_cert",
	"self_signed_cert",
	"self-signed certificate",
)
PR_SET_PDEATHSIG = 1  # prctl(2)
NO_SPACE = (
	"no space left on device",
	"enospc",
	"disk quota exceeded",
	"os error 28",
	"(1114, ",  # how the database puts it: the table is full
)


class Stop(Exception):
	"""The run cannot go on. The message says what to do; it is printed alone, without a traceback."""


@contextmanager
def step(name: str) -> Iterator[None]:
	"""Print the name of a piece of work when it begins and its seconds when it is done."""
	begin = time.monotonic()
	print(f"  {name} …", end="", flush=True)
	try:
		yield
	except BaseException:
		print(" failed", flush=True)
		raise
	print(f" {time.monotonic() - begin:.1f} s", flush=True)


def run(
	command: Sequence[str],
	*,
	what: str,
	cwd: Path = ROOT,
	env: Mapping[str, str] | None = None,
	text: str = "",
	fetches: bool = False,
	outlives: bool = False,
) -> str:
	"""Run a program to its end, its output in the set-up log, and return what it printed.

	`what` names the work in the message when it fails; `text` is given on standard input; `env` is added
	to the environment; `fetches` tells that it needs a package index. The program is killed when this one
	dies, however it dies, unless it `outlives` it (what it started in turn is ended by the next run). Raises
	Stop with the cause when the program is missing or fails.
	"""
	LOG.mkdir(parents=True, exist_ok=True)
	RUN.mkdir(exist_ok=True)
	try:
		status, output = _run(command, cwd, {**os.environ, **(env or {})}, text, outlives)
	except FileNotFoundError as error:
		raise Stop(f"{what}: the program {command[0]} is missing. Run `make start`.") from error
	with open(SETUP_LOG, "a", encoding="utf-8") as log:
		log.write(f"\n$ {' '.join(command)}\n{output}")
	if status:
		raise Stop(explain(what, output, fetches))
	return output


def _run(
	command: Sequence[str], cwd: Path, env: Mapping[str, str], text: str, outlives: bool
) -> tuple[int, str]:
	parent = os.getpid()
	parent_began = records.began(parent)
	prctl = ctypes.CDLL(None).prctl

	def bind() -> None:
		"""In the child, before it becomes the program."""
		prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
		if os.getppid() != parent:  # it died before the kernel was told
			os._exit(1)
		records.write(_record(os.getpid()), parent=parent, parent_began=parent_began)

	process = subprocess.Popen(
		command,
		cwd=cwd,
		env=env,
		stdin=subprocess.PIPE,
		stdout=subprocess.PIPE,
		stderr=subprocess.STDOUT,
		text=True,
		errors="replace",
		start_new_session=not outlives,
		preexec_fn=None if outlives else bind,
	)
	record = _record(process.pid)
	with process:
		try:
			output, _ = process.communicate(text)
		finally:
			records.kill_session(record)
			record.unlink(missing_ok=True)
	return process.returncode, output


def _record(pid: int) -> Path:
	return RUN / f"step-{pid}.json"


def end_what_was_left() -> None:
	"""End what programs of a run that was killed have started and that still goes on."""
	records.kill_orphans(RUN, "step-*.json")


def explain(what: str, output: str, fetches: bool) -> str:
	"""Say in one line why a program failed, and what to do."""
	lower = output.lower()
	if any(sign in lower for sign in NO_SPACE):
		return f"{what}: the disk is full. Free some space (a cold start needs 2 GB), then run it again."
	if fetches and any(sign in lower for sign in BAD_CERTIFICATE):
		return (
			f"{what}: the certificate of a package index is not trusted. Add your proxy's authority to the "
			"system's certificates (update-ca-certificates), then run it again."
		)
	if fetches and any(sign in lower for sign in NO_NETWORK):
		return f"{what}: a package index cannot be reached. Check network and proxy, then run it again."
	lines = [line.strip() for line in output.splitlines() if line.strip()]
	last = lines[-1][:200] if lines else "it printed nothing"
	return f"{what} failed: {last} (all of it: {SETUP_LOG.relative_to(ROOT)})"


def exit_clearly(work) -> int:
	"""Call `work` and turn what can go wrong on a user's machine into one line and an exit status."""
	signal.signal(signal.SIGTERM, _interrupt)
	try:
		work()
	except Stop as stop:
		print(f"\n✗ {stop}", file=sys.stderr)
		return 1
	except KeyboardInterrupt:
		print("\n✗ Interrupted. The next run goes on from here.", file=sys.stderr)
		return 130
	except BrokenPipeError:  # `make start | head`: nobody reads on
		os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
		return 1
	except PermissionError as error:
		print(f"\n✗ No permission for {error.filename}. Is it owned by another user?", file=sys.stderr)
		return 1
	except OSError as error:
		if error.errno not in (errno.ENOSPC, errno.EDQUOT):
			raise
		print("\n✗ The disk is full. Free some space, then run it again.", file=sys.stderr)
		return 1
	return 0


def _interrupt(signum: int, frame: object) -> None:
	"""Let a polite kill end a run as Ctrl-C does: the program under way is ended first."""
	raise KeyboardInterrupt
