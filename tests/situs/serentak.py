"""Two requests at the same moment."""

import threading
from collections.abc import Callable

import frappe


def serentak(situs: str, user: str, kerja: Callable[[], object]) -> list[str]:
	"""Let `user` do `kerja` over two connections that both have read already; in order of the names: "lolos" for
	one that went through, else the name of its error.
	"""
	hasil, mulai = [], threading.Barrier(2)

	def satu() -> None:
		frappe.init(site=situs)
		frappe.connect()
		try:
			frappe.set_user(user)
			frappe.db.count("RT")  # from here on a plain read sees this moment only
			mulai.wait(30)
			kerja()
			frappe.db.commit()
			hasil.append("lolos")
		except Exception as galat:
			hasil.append(type(galat).__name__)
		finally:
			frappe.db.rollback()
			frappe.destroy()

	para = [threading.Thread(target=satu) for _ in range(2)]
	for t in para:
		t.start()
	for t in para:
		t.join(120)
	frappe.db.rollback()
	return sorted(hasil)
