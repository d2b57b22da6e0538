"""The web application of this bench for gunicorn: one site, and its static files.

Runs in ``sites``. ``BENCH_SITE`` names the site; without it the Host header would choose one, and the
address 127.0.0.1 would find none.
"""

import os
import pkgutil
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

# What the framework lets anybody call without signing in and this programme offers to nobody.
NOT_FOR_GUESTS = (
	"frappe.email.doctype.newsletter.newsletter.confirm_subscription",
	"frappe.email.doctype.newsletter.newsletter.newsletter_email_read",
	"frappe.email.doctype.newsletter.newsletter.subscribe",
	"frappe.integrations.doctype.ldap_settings.ldap_settings.login",
	"frappe.integrations.oauth2.authorize",
	"frappe.integrations.oauth2.get_token",
	"frappe.integrations.oauth2.introspect_token",
	"frappe.integrations.oauth2.openid_configuration",
	"frappe.integrations.oauth2.revoke_token",
	"frappe.core.doctype.user.user.sign_up",
	"frappe.search.web_search",
	"frappe.templates.includes.comments.comments.add_comment",
	"frappe.templates.includes.likes.likes.like",
	"frappe.utils.global_search.web_search",
	"frappe.website.doctype.help_article.help_article.add_feedback",
	"frappe.website.doctype.personal_data_deletion_request.personal_data_deletion_request.confirm_deletion",
	"frappe.website.doctype.web_page_view.web_page_view.make_view_log",
	"frappe.www.contact.send_message",
	"frappe.www.login.login_via_key",
	"frappe.www.login.login_via_token",
	"frappe.www.login.send_login_link",
)

for name in NOT_FOR_GUESTS:
	frappe.guest_methods.remove(pkgutil.resolve_name(name))

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
