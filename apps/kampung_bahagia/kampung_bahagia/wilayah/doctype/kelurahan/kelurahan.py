from frappe.model.document import Document


class Kelurahan(Document):
	pass
