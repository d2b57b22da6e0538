from frappe.model.document import Document


class SaksiKlaim(Document):
	pass
