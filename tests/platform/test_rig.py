"""The programs in config/rig, without a bench."""

import ast
import fcntl
import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from rig import (
	check,
	credentials,
	fingerprint,
	framework,
	ports,
	processes,
	python_env,
	records,
	services,
	step,
	system,
)
from rig.paths import CONFIG, ROOT
from rig.processes import Service


@pytest.fixture
def run_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
	monkeypatch.setattr(processes, "RUN", tmp_path)
	monkeypatch.setattr(processes, "LOG", tmp_path)
	monkeypatch.setattr(processes, "ROOT", tmp_path)
	return tmp_path


def sleeper(name: str = "sleeper", stamp: str = "1", command: str = "sleep 60 & sleep 60") -> Service:
	return Service(name, ["sh", "-c", command], ready=lambda: True, stamp=stamp, cwd=Path("/"))


def session_of(pid: int) -> list[int]:
	"""Processes of the session that a process leads, zombies left out."""
	listed = subprocess.run(["ps", "-s", str(pid), "-o", "pid=,stat="], capture_output=True, text=True).stdout
	return [int(line.split()[0]) for line in listed.splitlines() if "Z" not in line.split()[1]]


def test_service_is_started_once_and_anew_when_its_stamp_changes(run_folder: Path) -> None:
	assert processes.start(sleeper())
	first = processes.running(sleeper().record)
	assert not processes.start(sleeper())
	assert processes.start(sleeper(stamp="2"))
	second = processes.running(sleeper().record)
	assert first["pid"] != second["pid"]
	assert not session_of(first["pid"])
	assert processes.stop(sleeper().record)
	assert not session_of(second["pid"])


def test_what_a_killed_service_left_is_ended(run_folder: Path) -> None:
	processes.start(sleeper())
	pid = processes.running(sleeper().record)["pid"]
	time.sleep(0.3)
	os.kill(pid, signal.SIGKILL)
	os.waitpid(pid, 0)
	assert session_of(pid)
	processes.stop(sleeper().record)
	assert not session_of(pid)


def test_a_process_that_only_has_the_same_id_is_left_alone(run_folder: Path) -> None:
	other = subprocess.Popen(["sleep", "60"], start_new_session=True)
	try:
		record = run_folder / "web.json"
		begun = records.began(other.pid).rpartition("/")[0] + "/1"
		record.write_text(json.dumps({"pid": other.pid, "began": begun, "stamp": ""}))
		assert processes.running(record) is None
		assert processes.stop(record) is False
		assert other.poll() is None
	finally:
		other.kill()
		other.wait()


def test_service_that_ends_at_once_is_reported_with_its_last_words(run_folder: Path) -> None:
	service = Service("broken", ["sh", "-c", "echo no port"], ready=lambda: False, stamp="", cwd=Path("/"))
	processes.start(service)
	with pytest.raises(step.Stop, match="broken ended at once: no port"):
		processes.wait_until_ready(service)


def test_port_in_use_is_replaced_and_said(
	tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
	monkeypatch.setattr(ports, "FILE", tmp_path / "ports.json")
	with socket.socket() as other:
		other.bind(("127.0.0.1", 0))
		other.listen()
		taken = other.getsockname()[1]
		monkeypatch.setattr(ports, "USUAL", {"web": taken, "cache": taken + 1})
		assert ports.choose(running={"web"})["web"] == taken
		chosen = ports.choose(running=set())
	assert chosen["web"] not in (taken, chosen["cache"])
	assert f"port {taken} is in use" in capsys.readouterr().out
	assert ports.load() == chosen


def test_secrets_are_kept_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(credentials, "FILE", tmp_path / "secrets.json")
	first = credentials.load()
	assert credentials.load() == first
	assert len(set(first.values())) == len(credentials.NAMES)
	assert stat.S_IMODE(credentials.FILE.stat().st_mode) == 0o600


@pytest.mark.parametrize(
	("output", "fetches", "says"),
	[
		("write error: No space left on device", False, "disk is full"),
		("""OperationalError: (1114, "The table 'tabDocField' is full")""", False, "disk is full"),
		("npm error code ENOTFOUND", True, "cannot be reached"),
		("E: Failed to fetch x.deb  Temporary failure resolving 'x'", True, "cannot be reached"),
		("npm error code SELF_SIGNED_CERT_IN_CHAIN", True, "is not trusted"),
		("error sending request\ninvalid peer certificate: UnknownIssuer", True, "is not trusted"),
		("Could not resolve './x.js'", False, "failed: Could not resolve"),
		("", False, "it printed nothing"),
	],
)
def test_failures_are_explained_in_one_line(output: str, fetches: bool, says: str) -> None:
	message = step.explain("Step", output, fetches)
	assert says in message
	assert "\n" not in message


def test_fingerprint_sees_names_and_contents_but_not_caches(tmp_path: Path) -> None:
	(tmp_path / "a.py").write_text("1")
	before = fingerprint.of(tmp_path)
	(tmp_path / "__pycache__").mkdir()
	(tmp_path / "__pycache__" / "a.pyc").write_text("x")
	assert fingerprint.of(tmp_path) == before
	(tmp_path / "a.py").write_text("2")
	changed = fingerprint.of(tmp_path)
	(tmp_path / "a.py").rename(tmp_path / "b.py")
	assert len({before, changed, fingerprint.of(tmp_path)}) == 3


def test_registry_edition_gets_its_own_names_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
	monkeypatch.setattr(framework, "CACHE", tmp_path)
	monkeypatch.setattr(framework, "run", lambda *_, **__: "")  # the download
	with zipfile.ZipFile(tmp_path / "criscostack-1.0.0-py3-none-any.whl", "w") as wheel:
		wheel.writestr(
			"criscostack/brik/x.py", "import criscostack  # CriscoERP on a brik, criscostackcloud\n"
		)
		wheel.writestr("criscostack/translations/id.csv", "pabrik,Criscostack\n")
		wheel.writestr("criscostack/logo.png", b"\x89PNG\xff criscostack")
		wheel.writestr("criscostack-1.0.0.dist-info/METADATA", "")
	target = tmp_path / "frappe"
	target.mkdir()
	framework.RegistryEdition().unpack(target)
	assert (target / "frappe/bench/x.py").read_text() == "import frappe  # ERPNext on a bench, frappecloud\n"
	assert (target / "frappe/translations/id.csv").read_text() == "pabrik,Frappe\n"
	assert (target / "frappe/logo.png").read_bytes() == b"\x89PNG\xff criscostack"
	assert "MIT" in (target / "LICENSE").read_text()
	assert not list(target.glob("*dist-info*"))


def test_patch_that_does_not_fit_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
	diff = "--- a/x.txt\n+++ b/x.txt\n@@ -1 +1 @@\n-one\n+two\n"
	(tmp_path / "001-x.patch").write_text(f"Why.\n\n{diff}")
	monkeypatch.setattr(framework, "PATCHES", tmp_path)
	folder = tmp_path / "app"
	folder.mkdir()
	(folder / "x.txt").write_text("one\n")
	framework.apply_patches(folder)
	assert (folder / "x.txt").read_text() == "two\n"
	with pytest.raises(step.Stop, match=r"patches/001-x\.patch does not fit"):
		framework.apply_patches(folder)


def test_locks_pin_by_hash_and_name_no_host() -> None:
	requirements = (CONFIG / "requirements.lock").read_text()
	assert "://" not in requirements
	for line in requirements.splitlines():
		assert line.startswith("    --hash=sha256:") or "==" in line, line
	assert python_env.locked("uv").count("==") == 1
	packages = json.loads((CONFIG / "package-lock.json").read_text())["packages"]
	for name, package in packages.items():
		if name:
			assert package["integrity"].startswith("sha512-"), name
			assert "resolved" not in package, name


def test_path_with_a_space_is_refused_at_once(tmp_path: Path) -> None:
	folder = tmp_path / "kampung bahagia"
	shutil.copytree(CONFIG / "rig", folder / "config/rig")
	done = subprocess.run(
		[sys.executable, folder / "config/rig", "start"], capture_output=True, text=True, timeout=30
	)
	assert done.returncode == 1
	assert "path has a space" in done.stderr
	assert "Traceback" not in done.stderr
	assert not (folder / "var").exists()


def rig(code: str, folder: Path, *options: str) -> subprocess.Popen:
	"""Start Python code that may use the programs of config/rig, in a bench of its own below a folder."""
	shutil.copytree(CONFIG / "rig", folder / "config/rig", dirs_exist_ok=True)
	return subprocess.Popen(
		[sys.executable, *options, "-c", code],
		cwd=folder / "config",
		stdout=subprocess.PIPE,
		stderr=subprocess.PIPE,
		text=True,
	)


# a program that starts another, as npm and mariadb-install-db do
LONG_STEP = """
from rig import step
from rig.paths import make_private_folders
make_private_folders()
step.exit_clearly(lambda: step.run(["sh", "-c", "sleep 60 & sleep 60"], what="Long step"))
"""


def step_under_way(folder: Path) -> Path:
	deadline = time.monotonic() + 20
	while time.monotonic() < deadline:
		for record in (folder / "var/run").glob("step-*.json"):
			if len(session_of(int(record.stem.removeprefix("step-")))) == 3:
				return record
		time.sleep(0.05)
	raise AssertionError("the step did not begin")


def test_killed_run_leaves_nothing_that_goes_on_beside_the_next(tmp_path: Path) -> None:
	run = rig(LONG_STEP, tmp_path)
	record = step_under_way(tmp_path)
	leader = int(record.stem.removeprefix("step-"))
	run.kill()
	run.communicate()
	deadline = time.monotonic() + 10
	while leader in session_of(leader):
		assert time.monotonic() < deadline, "the kernel did not end the program with the run"
		time.sleep(0.05)
	assert session_of(leader), "what the program started should still go on here"
	_, errors = rig("from rig import step; step.end_what_was_left()", tmp_path).communicate()
	assert not session_of(leader), errors
	assert not record.exists()


def test_step_of_a_run_that_still_goes_on_is_left_alone(tmp_path: Path) -> None:
	run = rig(LONG_STEP, tmp_path)
	record = step_under_way(tmp_path)
	rig("from rig import step; step.end_what_was_left()", tmp_path).communicate()
	assert run.poll() is None
	assert record.exists()
	run.terminate()
	run.communicate()


def test_polite_kill_ends_the_step_and_says_so(tmp_path: Path) -> None:
	run = rig(LONG_STEP, tmp_path)
	leader = int(step_under_way(tmp_path).stem.removeprefix("step-"))
	run.terminate()
	_, errors = run.communicate()
	assert errors.strip() == "✗ Interrupted. The next run goes on from here."
	assert not session_of(leader)


def test_service_has_its_record_before_it_is_its_program(run_folder: Path) -> None:
	service = sleeper(command=f"cat {run_folder}/sleeper.json; exec sleep 60")
	processes.start(service)
	try:
		deadline = time.monotonic() + 10
		while not (text := service.log.read_text()):
			assert time.monotonic() < deadline
			time.sleep(0.05)
		assert json.loads(text)["pid"] == processes.running(service.record)["pid"]
	finally:
		processes.stop(service.record)


def test_only_the_dead_service_is_started_again(run_folder: Path, capsys: pytest.CaptureFixture) -> None:
	both = [sleeper("web"), sleeper("worker")]
	try:
		services.start(both, "Application")
		first = [processes.running(service.record)["pid"] for service in both]
		os.kill(first[1], signal.SIGKILL)
		os.waitpid(first[1], 0)
		capsys.readouterr()
		services.start(both, "Application")
		second = [processes.running(service.record)["pid"] for service in both]
		assert second[0] == first[0]
		assert second[1] != first[1]
		assert "Application (worker)" in capsys.readouterr().out
		assert not session_of(first[1])
	finally:
		for service in both:
			processes.stop(service.record)


def test_environment_that_was_cut_off_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
	ran = []
	monkeypatch.setattr(python_env, "ENV", tmp_path / "env")
	monkeypatch.setattr(python_env, "PACKAGES_STAMP", tmp_path / "env/.packages")
	monkeypatch.setattr(python_env, "APPS_STAMP", tmp_path / "env/.apps")
	monkeypatch.setattr(python_env, "CACHE", tmp_path)
	monkeypatch.setattr(python_env, "_uv_environment", dict)

	def fake_run(command: list[str], **_: object) -> str:
		ran.append(command)
		(tmp_path / "env/bin").mkdir(parents=True, exist_ok=True)
		return ""

	monkeypatch.setattr(python_env, "run", fake_run)
	(tmp_path / "env/bin").mkdir(parents=True)
	(tmp_path / "env/bin/python").symlink_to(sys.executable)  # works, but pip may be missing
	(tmp_path / "env/half").touch()
	python_env.install_packages()
	assert not (tmp_path / "env/half").exists()
	assert ran[0][1:3] == ["-m", "venv"]
	(tmp_path / "env/bin/python").symlink_to(sys.executable)
	ran.clear()
	python_env.install_packages()
	assert ran == []


def test_second_run_at_the_same_time_is_refused(tmp_path: Path) -> None:
	(tmp_path / "var/run").mkdir(parents=True)
	with open(tmp_path / "var/run/lock", "w") as lock:
		fcntl.flock(lock, fcntl.LOCK_EX)
		for command in ("start", "stop", "clean"):
			done = whole_rig(tmp_path, command)
			assert done.returncode == 1
			assert re.fullmatch(r"✗ Another run is changing this bench\. .*", done.stderr.strip())


def whole_rig(folder: Path, command: str, before: str = "pass") -> subprocess.CompletedProcess:
	"""Run one of the commands in a folder, after some Python code."""
	shutil.copytree(CONFIG / "rig", folder / "config/rig", dirs_exist_ok=True)
	code = f"import runpy, sys; sys.argv[1:] = [{command!r}]; {before}; runpy.run_path('config/rig')"
	return subprocess.run(
		[sys.executable, "-c", code.replace("'config/rig'", "'config/rig', run_name='__main__'")],
		cwd=folder,
		capture_output=True,
		text=True,
		timeout=60,
	)


@pytest.mark.parametrize("version", ["(3, 9, 2)", "(3, 13, 0)"])
def test_another_python_is_refused(tmp_path: Path, version: str) -> None:
	done = whole_rig(tmp_path, "start", f"sys.version_info = {version}")
	assert done.returncode == 1
	assert re.fullmatch(r"✗ Python 3\.11 is needed.*apt-get install python3", done.stderr.strip())
	assert not (tmp_path / "var").exists()


def test_the_first_program_can_be_read_by_an_old_python() -> None:
	text = (CONFIG / "rig/__main__.py").read_text()
	ast.parse(text.partition("from rig import")[0], feature_version=(3, 7))
	ast.parse(text, feature_version=(3, 9))


def test_full_disk_is_said_before_anything_is_begun(tmp_path: Path) -> None:
	done = whole_rig(
		tmp_path,
		"start",
		"import shutil; shutil.disk_usage = lambda folder: shutil._ntuple_diskusage(10**9, 10**9, 1000)",
	)
	assert done.returncode == 1
	assert re.fullmatch(
		r"✗ The disk is too full: .* Free some space, then run this again\.", done.stderr.strip()
	)
	assert not (tmp_path / "env").exists()


def test_failing_apt_names_the_packages_and_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
	def failing_run(command: list[str], *, what: str, **_: object) -> str:
		if "install" in command:
			raise step.Stop(step.explain(what, "E: Unable to locate package redis-server", fetches=True))
		return ""

	monkeypatch.setattr(system, "run", failing_run)
	monkeypatch.setattr(system.os, "geteuid", lambda: 0)
	monkeypatch.setattr(system, "NEEDED", {"redis-server": lambda: False, "git": lambda: True})
	with pytest.raises(
		step.Stop, match=r"by hand: apt-get install --no-install-recommends redis-server\) failed"
	):
		system.install_missing(with_tests=False)


def test_missing_python_is_said_by_make(tmp_path: Path) -> None:
	(tmp_path / "usr").mkdir()
	makefile = (ROOT / "Makefile").read_text().replace("/usr/bin/python3.11", str(tmp_path / "python3.11"))
	(tmp_path / "Makefile").write_text(makefile)
	done = subprocess.run(
		[shutil.which("make"), "start"],
		cwd=tmp_path,
		env={"PATH": str(tmp_path)},
		capture_output=True,
		text=True,
	)
	assert done.returncode
	assert "Python 3.11 is needed. On Debian 12: apt-get install python3" in done.stderr


@pytest.mark.parametrize(
	("name", "text", "error"),
	[
		("a.js", "{% include 'b.js' %}\nfrappe.ready(() => {});\n", None),
		("a.js", "import x from 'y';\n", "SyntaxError"),
		("a.bundle.js", "import x from 'y';\n", None),
		("a.mjs", "const a = 1;\nconst a = 2;\n", "line 2: SyntaxError"),
	],
)
def test_scripts_are_read_as_what_they_are(tmp_path: Path, name: str, text: str, error: str | None) -> None:
	(tmp_path / name).write_text(text)
	found = check.script_error(tmp_path / name)
	assert found is None if error is None else error in found
