from frappe.model.document import Document


class RABKegiatan(Document):
	pass
