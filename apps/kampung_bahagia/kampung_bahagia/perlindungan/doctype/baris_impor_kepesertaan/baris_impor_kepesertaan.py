from frappe.model.document import Document


class BarisImporKepesertaan(Document):
	pass
