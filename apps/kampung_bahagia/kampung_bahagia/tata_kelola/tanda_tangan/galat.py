"""Refusals of this room, in Indonesian, for the person at the screen; they never hold a secret."""


class TandaTanganGagal(Exception):
	"""Nothing was signed, and why."""


class PdfDitolak(Exception):
	"""A PDF that cannot be examined, and why."""
