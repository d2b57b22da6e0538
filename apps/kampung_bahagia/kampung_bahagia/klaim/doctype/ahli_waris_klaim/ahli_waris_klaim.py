from frappe.model.document import Document


class AhliWarisKlaim(Document):
	pass
