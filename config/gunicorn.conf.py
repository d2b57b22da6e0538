"""How the web server runs; the port and the site come from the program that starts it."""

import os

bind = f"127.0.0.1:{os.environ['BENCH_PORT']}"
workers = int(os.environ.get("BENCH_WORKERS", "2"))
worker_class = "gthread"
threads = 8
timeout = 120
graceful_timeout = 20
# A worker that slowly grows is replaced, not all of them at once.
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"  # noqa: S108 a heartbeat file, in memory so that a slow disk kills no worker
control_socket_disable = True
