from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document

from kampung_bahagia.aturan.kepesertaan import PROGRAM


class KelompokKepesertaan(Document):
	def validate(self):
		if not any(self.program().values()):
			frappe.throw(_("Pilih paling sedikit satu program: {0}.").format(", ".join(PROGRAM)))

	def program(self) -> dict[str, bool]:
		"""Which of PROGRAM the group takes part in."""
		return {nama: bool(self.get(nama.lower())) for nama in PROGRAM}
