"""The bench's own Redis: one for the cache, one for the queue of jobs and for realtime messages."""

from rig import credentials, fingerprint, ports
from rig.paths import VAR, write_private
from rig.processes import Service

FOLDER = VAR / "redis"
COMMON = """\
bind 127.0.0.1
protected-mode yes
port {port}
requirepass {password}
dir {folder}
daemonize no
"""
# The cache may forget; a queued job may not be lost when the machine stops.
ONLY = {
	"cache": 'maxmemory 256mb\nmaxmemory-policy allkeys-lru\nsave ""\nappendonly no\n',
	"queue": 'save ""\nappendonly yes\nappendfsync everysec\n',
}


def url(name: str, port: int) -> str:
	"""Return the address of one of the two, with its password."""
	return f"redis://:{credentials.load()['redis']}@127.0.0.1:{port}"


def service(name: str, port: int) -> Service:
	"""Write the configuration of `cache` or `queue` and return it as a background service."""
	folder = FOLDER / name
	folder.mkdir(parents=True, exist_ok=True)
	conf = folder / "redis.conf"
	text = COMMON.format(port=port, password=credentials.load()["redis"], folder=f'"{folder}"')
	write_private(conf, text + ONLY[name])
	return Service(
		f"redis-{name}",
		["redis-server", str(conf)],
		ready=lambda: ports.answers(port),
		stamp=fingerprint.of(conf),
	)
