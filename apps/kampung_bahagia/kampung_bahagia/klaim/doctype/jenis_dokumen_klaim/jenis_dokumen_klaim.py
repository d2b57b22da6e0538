from frappe.model.document import Document


class JenisDokumenKlaim(Document):
	pass
