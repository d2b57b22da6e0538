"""The web application of this bench for gunicorn: one site, and its static files.

Runs in ``sites``. ``BENCH_SITE`` names the site; without it the Host header would choose one, and the
address 127.0.0.1 would find none.
"""

import os
import re

import frappe.app
from werkzeug.middleware.shared_data import SharedDataMiddleware

SITE = os.environ["BENCH_SITE"]
# A name with a hash in it never changes its content.
HASHED = re.compile(r"/assets/.+\.bundle\.[A-Z0-9]{8}\.(js|css)")
# An uploaded page or drawing may hold a script: it is handed out as a download, never shown as a page.
ACTIVE = re.compile(r"/(private/)?files/.+\.(html?|svg|xml|xhtml)$", re.IGNORECASE)
HEADERS = [
	("X-Content-Type-Options", "nosniff"),
	("X-Frame-Options", "SAMEORIGIN"),
	("Referrer-Policy", "same-origin"),
]

frappe.app._site = SITE
frappe.app._sites_path = "."


def with_headers(app):
	"""Wrap an application so that its answers carry the headers that a production proxy would add."""

	def wrapped(environ, start_response):
		path = environ.get("PATH_INFO", "")

		def start(status, headers, exc_info=None):
			headers = headers + HEADERS
			if HASHED.fullmatch(path):
				headers = [(name, value) for name, value in headers if name.lower() != "cache-control"]
				headers.append(("Cache-Control", "public, max-age=31536000, immutable"))
			if ACTIVE.match(path):
				headers.append(("Content-Disposition", "attachment"))
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
