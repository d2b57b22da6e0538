"""Which ports the services listen on, all on 127.0.0.1; another one is taken when the usual is in use."""

import json
import socket

from rig.paths import VAR, write_private
from rig.step import Stop

FILE = VAR / "ports.json"
USUAL = {"web": 8000, "realtime": 9000, "queue": 11000, "cache": 13000, "mariadb": 13306}
TRIES = 100


def load() -> dict[str, int]:
	"""Return the port of each service as last chosen."""
	return USUAL | (json.loads(FILE.read_text()) if FILE.is_file() else {})


def choose(running: set[str]) -> dict[str, int]:
	"""Return a port for each service and remember it; say so when a usual one is in use by others.

	A service of this bench that is `running` keeps its port. Raises Stop when no port is free.
	"""
	ports = load()
	for service, port in ports.items():
		if service in running:
			continue
		others = {ports[name] for name in ports if name != service}
		free = next((n for n in range(port, port + TRIES) if n not in others and is_free(n)), None)
		if free is None:
			raise Stop(f"No free port for {service} from {port} to {port + TRIES - 1}.")
		if free != port:
			print(f"  port {port} is in use by another program; {service} listens on {free}")
		ports[service] = free
	write_private(FILE, json.dumps(ports))
	return ports


def is_free(port: int) -> bool:
	"""Tell whether a service could listen on this port of 127.0.0.1 now."""
	with socket.socket() as probe:
		# as the services do: a port whose last connections are only fading away counts as free
		probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
		try:
			probe.bind(("127.0.0.1", port))
		except OSError:
			return False
	return True


def answers(port: int) -> bool:
	"""Tell whether something accepts connections on this port of 127.0.0.1."""
	with socket.socket() as probe:
		probe.settimeout(1)
		return probe.connect_ex(("127.0.0.1", port)) == 0
