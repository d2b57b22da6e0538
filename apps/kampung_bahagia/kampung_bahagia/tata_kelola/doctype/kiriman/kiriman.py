from frappe.model.document import Document


class Kiriman(Document):
	"""One sending of a phone's form; its name is made of the sender and the phone's key."""
