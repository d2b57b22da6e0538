from frappe.model.document import Document


class ButirRenja(Document):
	pass
