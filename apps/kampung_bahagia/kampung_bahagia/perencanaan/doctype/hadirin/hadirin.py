from frappe.model.document import Document


class Hadirin(Document):
	pass
