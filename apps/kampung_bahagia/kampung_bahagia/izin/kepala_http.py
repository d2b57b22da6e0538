"""What every answer tells the browser not to do (OWASP secure headers).

The desk of Frappe writes scripts and styles into its pages and compiles the scripts of its forms in the
browser: 'unsafe-inline' and 'unsafe-eval' stay until the framework does without. What is left still keeps a
smuggled script from fetching code from outside, from sending anything outside, from framing the desk and from
rebasing its addresses.
"""

from __future__ import annotations

import re

import frappe

TETAP = {
	"X-Content-Type-Options": "nosniff",
	"X-Frame-Options": "SAMEORIGIN",
	"Referrer-Policy": "same-origin",
	"Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
	"Cross-Origin-Opener-Policy": "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
}
KEBIJAKAN = {
	"default-src": "'self'",
	"script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
	"style-src": "'self' 'unsafe-inline'",
	"img-src": "'self' data: blob:",
	"font-src": "'self' data:",
	"media-src": "'self' blob:",
	"worker-src": "'self' blob:",
	"frame-src": "'self' blob:",
	"object-src": "'none'",
	"base-uri": "'self'",
	"form-action": "'self'",
	"frame-ancestors": "'self'",
}
KELUAR = re.compile(r"(frappe\.handler\.)?(web_)?logout")
HSTS = "max-age=31536000; includeSubDomains"
# Uploaded files are data: what a browser would run or draw as a page is handed out as a download.
BERKAS = re.compile(r"/(private/)?files/.+")
TAMPIL = re.compile(r".+\.(png|jpe?g|gif|webp|pdf|txt)", re.IGNORECASE)
KEBIJAKAN_BERKAS = "default-src 'none'; sandbox"
# A PDF in a sandbox stays blank in Chromium; its viewer runs apart from the page anyway.
KEBIJAKAN_PDF = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


def pasang(response=None, request=None) -> None:
	"""Hook `after_request`; an answer that the framework gives past it gets them from the web server."""
	if response is None or request is None:
		return
	realtime = f"{request.host.rpartition(':')[0] or request.host}:{frappe.conf.socketio_port or 9000}"
	for nama, nilai in kepala(request.path, request.scheme == "https", realtime).items():
		response.headers[nama] = nilai
	# what is not an asset or a public page may hold personal data
	if frappe.session and frappe.session.user != "Guest":
		response.headers["Cache-Control"] = "no-store, private"
	# drafts and names that the phone forms keep on the device go with whoever signs out
	alamat = frappe.form_dict.get("cmd") or request.path.rpartition("/")[2]
	if frappe.flags.sesi_diakhiri and KELUAR.fullmatch(alamat):
		response.headers["Clear-Site-Data"] = '"storage"'


def tandai_keluar() -> None:
	"""Hook `on_logout`; a guest has no session to end, an administrator may end that of another."""
	frappe.flags.sesi_diakhiri = frappe.session.user != "Guest"


def kepala(path: str, https: bool, realtime: str) -> dict[str, str]:
	"""Headers for an answer at `path`; `realtime`: host and port of the realtime server."""
	hasil = dict(TETAP)
	if https:
		hasil["Strict-Transport-Security"] = HSTS
	if BERKAS.fullmatch(path):
		if not TAMPIL.fullmatch(path):
			hasil["Content-Disposition"] = "attachment"
		pdf = path.lower().endswith(".pdf")
		hasil["Content-Security-Policy"] = KEBIJAKAN_PDF if pdf else KEBIJAKAN_BERKAS
		return hasil
	huruf = "s" if https else ""
	sambungan = f"'self' ws{huruf}://{realtime} http{huruf}://{realtime}"
	hasil["Content-Security-Policy"] = "; ".join(
		f"{nama} {nilai}" for nama, nilai in {**KEBIJAKAN, "connect-src": sambungan}.items()
	)
	return hasil
