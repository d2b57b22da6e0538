from frappe.model.document import Document


class PesertaSK(Document):
	pass
