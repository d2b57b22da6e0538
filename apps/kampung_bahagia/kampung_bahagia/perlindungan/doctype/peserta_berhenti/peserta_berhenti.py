from frappe.model.document import Document


class PesertaBerhenti(Document):
	pass
