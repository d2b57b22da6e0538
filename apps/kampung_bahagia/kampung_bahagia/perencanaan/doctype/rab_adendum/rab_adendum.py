from frappe.model.document import Document


class RABAdendum(Document):
	pass
