from frappe.model.document import Document


class Kecamatan(Document):
	pass
