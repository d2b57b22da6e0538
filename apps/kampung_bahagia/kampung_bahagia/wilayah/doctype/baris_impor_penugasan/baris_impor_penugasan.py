from frappe.model.document import Document


class BarisImporPenugasan(Document):
	pass
