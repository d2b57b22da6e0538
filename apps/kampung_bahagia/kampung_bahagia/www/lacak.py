"""Where a notice stands, by its ticket; typed and posted, so that it stands in no address. Works without JavaScript."""

import frappe
from frappe.sessions import get_csrf_token

from kampung_bahagia.klaim import pemberitahuan

no_cache = 1
sitemap = 0


def get_context(context):
	tiket = frappe.form_dict.pop("tiket", None)
	context.ditanya = frappe.request.method == "POST"
	context.ketikan = tiket if context.ditanya and isinstance(tiket, str) else ""
	context.kalimat, context.sering = None, False
	if context.ditanya:
		try:
			context.kalimat = pemberitahuan.lacak(context.ketikan)
		except frappe.RateLimitExceededError:
			context.sering = True
		context.http_status_code = 200 if context.kalimat else 429 if context.sering else 404
	if frappe.session.user != "Guest":
		context.tanda = get_csrf_token()
