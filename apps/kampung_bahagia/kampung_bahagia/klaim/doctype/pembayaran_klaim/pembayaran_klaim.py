from frappe.model.document import Document


class PembayaranKlaim(Document):
	pass
