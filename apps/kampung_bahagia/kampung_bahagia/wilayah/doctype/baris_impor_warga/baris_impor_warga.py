from frappe.model.document import Document


class BarisImporWarga(Document):
	"""The verdict on one row; without name or number, which stand in the file of whoever sent it."""
