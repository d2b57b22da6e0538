from frappe.model.document import Document


class KehadiranSuratTugas(Document):
	pass
