from frappe.model.document import Document


class FotoKegiatan(Document):
	pass
