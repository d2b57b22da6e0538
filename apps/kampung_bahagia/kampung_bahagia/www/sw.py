"""The service worker of the phone forms. It changes with what it keeps, and a phone then takes the new one."""

import hashlib
import json

import frappe
from frappe.utils.jinja_globals import bundled_asset

from kampung_bahagia.tata_kelola.formulir import definisi, formulir_hp

no_cache = 1


def get_context(context):
	context.base_template = None
	aset = [
		bundled_asset("formulir.bundle.css"),
		bundled_asset("formulir.bundle.js"),
		"/assets/kampung_bahagia/images/logo.svg",
	]
	form = formulir_hp()
	context.aset = " ".join(aset)
	context.halaman = " ".join(["/ketua-rt", *(f"/{f.route}/new" for f in form)])
	isi = [aset, [definisi(frappe.get_cached_doc("Web Form", f.name)) for f in form]]
	context.versi = hashlib.sha256(json.dumps(isi).encode()).hexdigest()[:12]
