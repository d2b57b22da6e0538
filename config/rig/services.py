"""What runs in the background, in the order in which it is started."""

from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from rig import fingerprint, mariadb, ports, processes, redis, site
from rig.paths import COMMON_CONFIG, CONFIG, RUN, SITE, SITES, env_program
from rig.processes import Service
from rig.step import step

STORES = ("mariadb", "redis-cache", "redis-queue")
NAMES = (*STORES, "web", "realtime", "worker-short", "worker-long", "scheduler")
# Each queue is served by two workers; the first name is where a worker looks first.
QUEUES = {"worker-short": "short,default,long", "worker-long": "long,default,short"}
OWN = {"queue": "redis-queue", "cache": "redis-cache"}


def running() -> set[str]:
	"""Return the names of the services that run."""
	return {name for name in NAMES if processes.running(RUN / f"{name}.json")}


def choose_ports() -> dict[str, int]:
	"""Return the port of every service; one that runs keeps its own."""
	now = running()
	return ports.choose({name for name in ports.USUAL if OWN.get(name, name) in now})


def stores(chosen: dict[str, int]) -> list[Service]:
	"""Return the database and both Redis."""
	return [
		mariadb.service(chosen["mariadb"]),
		redis.service("cache", chosen["cache"]),
		redis.service("queue", chosen["queue"]),
	]


def application(chosen: dict[str, int]) -> list[Service]:
	"""Return what runs the site's code; each is started anew when that code or its settings change."""
	settings = fingerprint.of(COMMON_CONFIG, site.SITE_CONFIG, CONFIG / "requirements.lock")
	code = fingerprint.joined(site.code(), settings)
	python = env_program("python")
	helper = [python, "-m", "frappe.utils.bench_helper", "frappe"]
	web_stamp = code + fingerprint.of(CONFIG / "wsgi.py", CONFIG / "gunicorn.conf.py")
	return [
		web(SITE, chosen["web"], web_stamp),
		Service(
			"realtime",
			["node", str(CONFIG / "realtime.mjs")],
			ready=lambda: ports.answers(chosen["realtime"]),
			stamp=settings + fingerprint.of(CONFIG / "realtime.mjs", CONFIG / "package-lock.json"),
			cwd=SITES,
		),
		*(
			Service(name, [*helper, "worker", "--queue", queue], ready=lambda: True, stamp=code, cwd=SITES)
			for name, queue in QUEUES.items()
		),
		Service("scheduler", [*helper, "schedule"], ready=lambda: True, stamp=code, cwd=SITES),
	]


def web(of_site: str, port: int, stamp: str, name: str = "web", workers: int = 2) -> Service:
	"""Return a web server of one site on one port."""
	return Service(
		name,
		[env_program("gunicorn"), "-c", str(CONFIG / "gunicorn.conf.py"), "wsgi:application"],
		ready=lambda: pings(port),
		stamp=stamp,
		cwd=SITES,
		env={
			"BENCH_SITE": of_site,
			"BENCH_PORT": str(port),
			"BENCH_WORKERS": str(workers),
			"PYTHONPATH": str(CONFIG),
		},
	)


def pings(port: int) -> bool:
	"""Tell whether a site answers on this port."""
	try:
		with urlopen(f"http://127.0.0.1:{port}/api/method/ping", timeout=5) as answer:
			return answer.status == 200
	except (HTTPError, URLError, OSError):
		return False


def start(services: list[Service], name: str) -> None:
	"""Start those services that do not run as wanted, together, and wait until all answer."""
	pending = [service for service in services if not _as_wanted(service)]
	if not pending:
		return
	with step(f"{name} ({', '.join(service.name for service in pending)})"):
		for service in pending:
			processes.start(service)
		for service in pending:
			processes.wait_until_ready(service)


def _as_wanted(service: Service) -> bool:
	known = processes.running(service.record)
	return bool(known and known["stamp"] == service.stamp and service.ready())


def stop(names: tuple[str, ...] = NAMES) -> list[str]:
	"""End these services, the last started first; return the names of those that ran."""
	return [name for name in reversed(names) if processes.stop(RUN / f"{name}.json")]
