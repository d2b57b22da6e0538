"""What every web form of the programme hands to its page."""

import frappe
from frappe import _

# said by the framework's scripts, which a web page loads without translations
PESAN = (
	"Close",
	"Couldn't save, please check the data you have entered",
	"Discard",
	"Error",
	"Following fields have missing values:",
	"Message",
	"Missing Values Required",
	"Server Error",
	"Session Expired",
	"Validation Error",
)


def isi_konteks(context) -> None:
	"""Sends a guest to the sign-in page and back here: the framework shows an empty form and a refusal."""
	if frappe.session.user == "Guest":
		frappe.redirect(f"/login?redirect-to=/{context.web_form_doc.route}")
	context.web_form_doc["pesan"] = {pesan: _(pesan) for pesan in PESAN}
