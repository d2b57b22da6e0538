from frappe.model.document import Document


class BagianBerkasBPJS(Document):
	pass
