from frappe.model.document import Document


class BarisJawabanBPJS(Document):
	pass
