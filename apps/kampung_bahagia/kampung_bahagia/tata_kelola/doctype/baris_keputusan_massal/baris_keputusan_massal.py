from frappe.model.document import Document


class BarisKeputusanMassal(Document):
	pass
