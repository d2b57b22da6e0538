from frappe.model.document import Document


class LaporanTahap(Document):
	pass
