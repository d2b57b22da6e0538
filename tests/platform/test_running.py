"""The bench that `make start` left running: where it listens, and that its background parts do their work."""

import gzip
import json
import os
import re
import subprocess
import time
from pathlib import Path

import frappe
import pytest
import redis
import requests
from rig import credentials, ports, processes, services
from rig.paths import COMMON_CONFIG, CONFIG, FRAPPE, ROOT, RUN, SITE, SITES, VAR, env_program

CLIENT = Path(__file__).with_name("realtime_client.mjs")


@pytest.fixture(scope="module", autouse=True)
def _running() -> None:
	missing = set(services.NAMES) - services.running()
	assert not missing, f"`make start` first; these do not run: {missing}"


def own_processes() -> list[int]:
	"""Every process of the sessions that the services lead."""
	leaders = {processes.running(RUN / f"{name}.json")["pid"] for name in services.NAMES}
	found = []
	for entry in Path("/proc").iterdir():
		if entry.name.isdigit():
			try:
				if os.getsid(int(entry.name)) in leaders:
					found.append(int(entry.name))
			except ProcessLookupError:
				continue  # ended meanwhile
	return found


def listening() -> dict[str, str]:
	"""Addresses of all listening TCP sockets by inode, as the kernel writes them."""
	lines = [
		line.split()
		for table in ("tcp", "tcp6")
		for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
	]
	return {fields[9]: fields[1] for fields in lines if fields[3] == "0A"}


def test_every_socket_listens_on_loopback_only() -> None:
	sockets = listening()
	addresses = set()
	for pid in own_processes():
		for fd in Path(f"/proc/{pid}/fd").iterdir():
			try:
				match = re.fullmatch(r"socket:\[(\d+)\]", os.readlink(fd))
			except FileNotFoundError:
				continue  # closed meanwhile
			if match and match[1] in sockets:
				addresses.add(sockets[match[1]])
	assert {address.split(":")[0] for address in addresses} == {"0100007F"}  # 127.0.0.1
	assert {int(address.split(":")[1], 16) for address in addresses} == set(ports.load().values())


def test_secrets_are_for_the_owner_only() -> None:
	for file in (credentials.FILE, COMMON_CONFIG, VAR / "mariadb/client.cnf", VAR / "redis/queue/redis.conf"):
		assert file.stat().st_mode & 0o077 == 0, file


def test_redis_wants_its_password() -> None:
	for name in ("cache", "queue"):
		with pytest.raises(redis.AuthenticationError):
			redis.Redis(port=ports.load()[name]).ping()


def test_no_debugger_and_no_developer_mode() -> None:
	assert json.loads(COMMON_CONFIG.read_text())["developer_mode"] == 0
	for pid in own_processes():
		environment = Path(f"/proc/{pid}/environ").read_bytes()
		assert b"DEV_SERVER" not in environment
	assert requests.get(f"http://127.0.0.1:{ports.load()['web']}/console", timeout=30).status_code == 404


@pytest.mark.parametrize("queue", ["short", "default", "long"])
def test_workers_do_a_job_of_every_queue(situs: str, queue: str, monkeypatch) -> None:
	monkeypatch.delitem(frappe.local.conf, "bench_id")  # leave the queues of throw-away sites
	job = frappe.enqueue("frappe.ping", queue=queue)
	deadline = time.monotonic() + 30
	while job.get_status(refresh=True) != "finished":
		assert time.monotonic() < deadline, job.get_status()
		time.sleep(0.1)
	assert job.return_value() == "pong"


def listen(user: str, *options: str) -> subprocess.Popen:
	"""Start a browser's side of the realtime server, signed in as a user, and wait until it has tried."""
	base = f"http://127.0.0.1:{ports.load()['web']}"
	session = requests.Session()
	if user != "Guest":
		password = credentials.load()["administrator"]
		session.post(
			f"{base}/api/method/login", {"usr": user, "pwd": password}, timeout=30
		).raise_for_status()
	cookie = "; ".join(f"{name}={value}" for name, value in session.cookies.items())
	address = f"http://127.0.0.1:{ports.load()['realtime']}/{SITE}"
	client = subprocess.Popen(
		["node", str(CLIENT), str(CONFIG), address, cookie, *options], stdout=subprocess.PIPE, text=True
	)
	client.greeting = client.stdout.readline().strip()
	return client


def publish(room: str, message: str) -> None:
	queue = redis.from_url(json.loads(COMMON_CONFIG.read_text())["redis_queue"])
	queue.publish("events", json.dumps({"event": "uji", "message": message, "room": room, "namespace": SITE}))


def test_realtime_reaches_the_user_and_no_guest() -> None:
	administrator, guest = listen("Administrator"), listen("Guest")
	try:
		assert (administrator.greeting, guest.greeting) == ("connected", "connected")
		publish("user:Administrator", "rahasia")
		publish("all", "untuk meja kerja")
		publish("website", "untuk semua")
		assert [administrator.stdout.readline().strip() for _ in range(3)] == [
			"rahasia",
			"untuk meja kerja",
			"untuk semua",
		]
		assert guest.stdout.readline().strip() == "untuk semua"
	finally:
		for client in (administrator, guest):
			client.kill()
			client.wait()


def test_realtime_refuses_another_origin() -> None:
	client = listen("Administrator", "http://lain.example")
	client.kill()
	client.wait()
	assert client.greeting == "Unauthorized: foreign origin"


def test_nothing_of_the_edition_still_has_the_other_name() -> None:
	kinds = [f"--include=*.{kind}" for kind in ("py", "js", "json")]
	left = subprocess.run(
		[
			"grep",
			"-rliI",
			"crisco",
			FRAPPE / "frappe",
			*kinds,
			"--exclude-dir=node_modules",
			"--exclude-dir=dist",
		],
		capture_output=True,
		text=True,
	)
	assert left.stdout == ""


def bench(site: str, *arguments: str, text: str = "") -> str:
	"""Run frappe-bench as a developer would, in the folder of the bench; return what it printed."""
	done = subprocess.run(
		[env_program("bench"), "--site", site, *arguments],
		cwd=ROOT,
		input=text,
		stdout=subprocess.PIPE,
		stderr=subprocess.STDOUT,
		text=True,
	)
	assert done.returncode == 0, done.stdout
	return done.stdout


def test_frappe_bench_lists_the_apps_of_the_running_site() -> None:
	lines = bench(SITE, "list-apps").splitlines()
	assert [line.split()[0] for line in lines] == ["frappe", "kampung_bahagia"]


def test_frappe_bench_opens_a_console(situs: str) -> None:
	answer = bench(situs, "console", text="print('site:', frappe.local.site, 6 * 7)\n")
	assert f"site: {situs} 42" in answer


def test_frappe_bench_backs_up_with_files(situs: str) -> None:
	bench(situs, "backup", "--with-files")
	folder = SITES / situs / "private/backups"
	kinds = {file.name.split("-", 2)[2] for file in folder.iterdir()}
	assert {kind.rpartition("-")[2] for kind in kinds} >= {"database.sql.gz", "files.tar"}
	with gzip.open(next(folder.glob("*-database.sql.gz")), "rt") as dump:
		assert any("CREATE TABLE `tabKegiatan`" in line for line in dump)


def test_frappe_bench_migrates(situs: str) -> None:
	assert "Updating DocTypes for kampung_bahagia" in bench(situs, "migrate", "--skip-search-index")
