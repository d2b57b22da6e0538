from frappe.model.document import Document


class RealisasiRAB(Document):
	pass
