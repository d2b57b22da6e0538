from frappe.model.document import Document


class Usulan(Document):
	pass
