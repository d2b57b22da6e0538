from frappe.model.document import Document


class TerminIuran(Document):
	pass
