from frappe.model.document import Document


class KolomBerkasBPJS(Document):
	pass
