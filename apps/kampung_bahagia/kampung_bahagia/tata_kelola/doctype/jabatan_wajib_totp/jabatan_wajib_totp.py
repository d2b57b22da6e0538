from frappe.model.document import Document


class JabatanWajibTOTP(Document):
	pass
