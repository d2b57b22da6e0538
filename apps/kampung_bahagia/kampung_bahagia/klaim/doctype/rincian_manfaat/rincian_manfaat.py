from frappe.model.document import Document


class RincianManfaat(Document):
	pass
