"""One official at the desk: signs in and works over HTTP as the browser does, with session and CSRF token."""

import json
import re
from html import unescape

import requests

# what the server says when it refuses; anything else that is not a success is a fault
REFUSALS = {401, 403, 404, 409, 417, 422}
SECONDS = 30
CSRF = re.compile(r'csrf_token = "([0-9a-f]+)"')
TAGS = re.compile(r"<(style|script)\b.*?</\1>|<[^>]+>", re.DOTALL)


class Refused(Exception):
	"""The server refused. `text` is what a person reads; empty when it said nothing in words."""

	def __init__(self, status: int, text: str, shows_code: bool):
		super().__init__(f"{status} {text}")
		self.status, self.text, self.shows_code = status, text, shows_code


class Fault(Exception):
	"""The server broke, or answered with something else than what was asked for."""


class Desk:
	"""The session of one user. Raises Refused or Fault from every request."""

	def __init__(self, base: str, user: str = "Guest"):
		self.base, self.user = base, user
		self.session = requests.Session()
		# a connection that the server closes just as the next request goes out would look like a fault
		self.session.headers.update({"Accept": "application/json", "Connection": "close"})

	def sign_in(self, password: str) -> "Desk":
		self.request("POST", "/api/method/login", data={"usr": self.user, "pwd": password})
		page = self.session.get(self.base + "/app", headers={"Accept": "text/html"}, timeout=SECONDS)
		token = CSRF.search(page.text)
		if not token:
			raise Fault(f"the desk of {self.user} has no CSRF token ({page.status_code})")
		self.session.headers["X-Frappe-CSRF-Token"] = token.group(1)
		return self

	def request(self, method: str, path: str, **given) -> requests.Response:
		answer = self.session.request(method, self.base + path, timeout=SECONDS, **given)
		if answer.status_code in REFUSALS:
			body = answer.text
			raise Refused(answer.status_code, words(answer), "Traceback" in body or 'File \\"' in body)
		if not answer.ok:
			raise Fault(f"{method} {path}: {answer.status_code} {answer.text[-2000:]}")
		return answer

	def call(self, method: str, **arguments):
		"""A whitelisted method; lists and dictionaries travel as JSON, as the desk sends them."""
		data = {k: json.dumps(v) if isinstance(v, dict | list) else v for k, v in arguments.items()}
		return self.request("POST", f"/api/method/{method}", data=data).json()

	# --- what the desk's forms and lists do

	def load(self, doctype: str, name: str) -> dict:
		"""Open a form."""
		data = {"doctype": doctype, "name": name}
		return self.request("GET", "/api/method/frappe.desk.form.load.getdoc", params=data).json()["docs"][0]

	def save(self, doc: dict, action: str = "Save") -> dict:
		"""Press Save (or Update, on a file that is final already)."""
		return self.call("frappe.desk.form.save.savedocs", doc=doc, action=action)["docs"][0]

	def new(self, doctype: str, **values) -> dict:
		"""Fill in a new form and press Save."""
		return self.save({"doctype": doctype, "name": f"new-{doctype.lower()}-1", "__islocal": 1, **values})

	def change(self, doctype: str, name: str, **values) -> dict:
		"""Open a form, change fields, press Save."""
		doc = self.load(doctype, name)
		return self.save(doc | values, "Update" if doc["docstatus"] else "Save")

	def act(self, doctype: str, name: str, action: str) -> dict:
		"""Choose a workflow action."""
		method = "frappe.model.workflow.apply_workflow"
		return self.call(method, doc={"doctype": doctype, "name": name}, action=action)["message"]

	def list(self, doctype: str, filters: dict | None = None, fields: list | None = None) -> list[dict]:
		return self.call(
			"frappe.client.get_list",
			doctype=doctype,
			filters=filters or {},
			fields=fields or ["name"],
			order_by="creation desc",
			limit_page_length=0,
		)["message"]

	def upload(self, doctype: str, name: str, field: str, file_name: str, content: bytes) -> str:
		"""Attach a file to a form; return its address."""
		data = {"doctype": doctype, "docname": name, "fieldname": field, "is_private": 1, "folder": "Home"}
		answer = self.request(
			"POST", "/api/method/upload_file", data=data, files={"file": (file_name, content)}
		)
		return answer.json()["message"]["file_url"]

	def pdf(self, doctype: str, name: str) -> bytes:
		"""Press PDF in the print view."""
		data = {"doctype": doctype, "name": name}
		answer = self.request("GET", "/api/method/frappe.utils.print_format.download_pdf", params=data)
		if not answer.content.startswith(b"%PDF-"):
			raise Fault(f"no PDF of {doctype} {name}: {answer.content[:200]!r}")
		return answer.content

	# --- doors that no form opens

	def rest(self, method: str, doctype: str, name: str = "", body: dict | None = None):
		path = f"/api/resource/{doctype}" + (f"/{name}" if name else "")
		return self.request(method, path, json=body).json()


def words(answer: requests.Response) -> str:
	"""What the answer says to a person, without markup."""
	try:
		body = answer.json()
	except ValueError:
		return plain(answer.text)[:300]
	found = [body.get("_error_message") or ""]
	for message in json.loads(body.get("_server_messages") or "[]"):
		found.append(json.loads(message).get("message") or "")
	if answer.status_code == 401:
		found.append(str(body.get("message") or ""))
	return " ".join(filter(None, map(plain, found)))


def plain(html: str) -> str:
	return " ".join(unescape(TAGS.sub(" ", html)).split())
