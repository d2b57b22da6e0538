from frappe.model.document import Document


class AnggotaPokja(Document):
	pass
