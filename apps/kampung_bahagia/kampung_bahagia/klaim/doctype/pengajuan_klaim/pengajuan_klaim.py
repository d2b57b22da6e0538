from frappe.model.document import Document


class PengajuanKlaim(Document):
	pass
