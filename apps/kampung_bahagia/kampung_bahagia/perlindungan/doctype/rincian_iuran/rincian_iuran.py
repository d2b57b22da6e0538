from frappe.model.document import Document


class RincianIuran(Document):
	pass
