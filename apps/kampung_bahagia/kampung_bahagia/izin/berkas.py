"""Attachments of the programme's files are private, whichever door they came through."""

from kampung_bahagia.izin.cakupan import DISERAHKAN_KE_BPJS

BERKAS_PRIBADI = DISERAHKAN_KE_BPJS | {"Musyawarah", "Warga"}

def jadikan_privat(file, method: str | None = None) -> None:
	"""A web form stores what it receives as a public file; here it becomes private in the same transaction."""
	if file.attached_to_doctype in BERKAS_PRIBADI and not file.is_private and not file.is_folder:
		file.is_private = 1
		file.save(ignore_permissions=True)
