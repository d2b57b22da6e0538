from frappe.model.document import Document


class DokumenKlaim(Document):
	pass
