from frappe.model.document import Document


class UpahPendaftaran(Document):
	pass
