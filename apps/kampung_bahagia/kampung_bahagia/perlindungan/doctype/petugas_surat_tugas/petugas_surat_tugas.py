from frappe.model.document import Document


class PetugasSuratTugas(Document):
	pass
