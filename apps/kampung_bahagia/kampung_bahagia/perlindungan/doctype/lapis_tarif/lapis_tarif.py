from frappe.model.document import Document


class LapisTarif(Document):
	pass
