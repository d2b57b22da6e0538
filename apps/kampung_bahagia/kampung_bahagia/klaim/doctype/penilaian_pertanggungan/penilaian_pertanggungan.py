from frappe.model.document import Document


class PenilaianPertanggungan(Document):
	pass
