"""The programs in config/rig, without a bench."""

import json
import os
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
from rig import credentials, fingerprint, framework, ports, processes, python_env, step
from rig.paths import CONFIG
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
		begun = processes.began(other.pid).rpartition("/")[0] + "/1"
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
		("npm error code ENOTFOUND", True, "cannot be reached"),
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
