from frappe.model.document import Document


class DataPribadi(Document):
	"""Numbers, birth date and address of the Warga of the same name; read and written by `izin.data_pribadi`."""
