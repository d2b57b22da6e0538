from frappe.model.document import Document


class PemetaanStatus(Document):
	pass
