from frappe.model.document import Document


class IsiBerkasBPJS(Document):
	pass
