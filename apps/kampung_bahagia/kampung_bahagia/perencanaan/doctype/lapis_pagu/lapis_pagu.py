from frappe.model.document import Document


class LapisPagu(Document):
	pass
