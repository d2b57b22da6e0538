"""Somebody's browser, or a script, at the site's address."""

from __future__ import annotations

import requests

SANDI = "Uji-Kampung-2026!"


class Orang(requests.Session):
	def __init__(self, server: str, user: str | None = None):
		super().__init__()
		self.server = server
		self.headers["Accept"] = "application/json"
		self.headers["Connection"] = (
			"close"  # one that lay idle may be closed by the server as it is used again
		)
		if user:
			answer = self.masuk(user)
			assert answer.status_code == 200, answer.text
			answer = self.get(f"{server}/app", headers={"Accept": "text/html"}, timeout=60)
			token = answer.text.split('frappe.csrf_token = "', 1)[1].split('"', 1)[0]
			self.headers["X-Frappe-CSRF-Token"] = token

	def masuk(self, user: str, sandi: str = SANDI, **isi) -> requests.Response:
		return self.panggil("login", usr=user, pwd=sandi, **isi)

	def panggil(self, nama: str, **isi) -> requests.Response:
		return self.post(f"{self.server}/api/method/{nama}", isi, timeout=60)

	def ambil(self, alamat: str, **isi) -> requests.Response:
		return self.get(f"{self.server}{alamat}", params=isi, timeout=60)
