"""The web application of this bench for gunicorn: one site, and its static files.

Runs in ``sites``. ``BENCH_SITE`` names the site; without it the Host header would choose one, and the
address 127.0.0.1 would find none.
"""

import json
import os
import re
from pathlib import Path

import frappe.app
from werkzeug.middleware.shared_data import SharedDataMiddleware

from kampung_bahagia.izin.kepala_http import kepala

SITE = os.environ["BENCH_SITE"]
REALTIME = json.loads(Path("common_site_config.json").read_text())["socketio_port"]
# A name with a hash in it never changes its content.
HASHED = re.compile(r"/assets/.+\.bundle\.[A-Z0-9]{8}\.(js|css)")
frappe.app._site = SITE
frappe.app._sites_path = "."


def with_headers(app):
	"""Wrap an application: headers for what the app's own hook does not reach (files, refused addresses)."""

	def wrapped(environ, start_response):
		path = environ.get("PATH_INFO", "")
		# nothing stands in front of this server: whoever writes the header would choose their own address
		environ.pop("HTTP_X_FORWARDED_FOR", None)
		host = environ.get("HTTP_HOST", "127.0.0.1").rpartition(":")[0]

		def start(status, headers, exc_info=None):
			have = {name.lower() for name, _value in headers}
			headers = headers + [
				(name, value)
				for name, value in kepala(
					path, environ["wsgi.url_scheme"] == "https", f"{host}:{REALTIME}"
				).items()
				if name.lower() not in have
			]
			if HASHED.fullmatch(path):
				headers = [(name, value) for name, value in headers if name.lower() != "cache-control"]
				headers.append(("Cache-Control", "public, max-age=31536000, immutable"))
			return start_response(status, headers, exc_info)

		return app(environ, start)

	return wrapped


application = with_headers(
	SharedDataMiddleware(
		frappe.app.application,
		{"/assets": os.path.abspath("assets"), "/files": os.path.abspath(f"{SITE}/public/files")},
		cache_timeout=3600,
	)
)
