from frappe.model.document import Document


class JenjangBeasiswa(Document):
	pass
