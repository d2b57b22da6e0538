"""What `klaim` adds to a Surat Keputusan: nobody is taken out of the past once there is a claim."""

import frappe
from frappe import _
from frappe.utils import formatdate, getdate, nowdate


class BerhentiBerlakuSurut(frappe.ValidationError):
	pass


def periksa_berhenti(sk, method: str | None = None) -> None:
	"""Raises BerhentiBerlakuSurut, naming person and claim."""
	sejak = {b.peserta: b for b in sk.keluar if getdate(b.berhenti_sejak) < getdate(nowdate())}
	if not sejak:
		return
	klaim = frappe.get_all(
		"Klaim", {"peserta": ["in", list(sejak)]}, ["name", "peserta"], order_by="creation", limit=1
	)
	if klaim:
		baris = sejak[klaim[0].peserta]
		frappe.throw(
			_(
				"{0} mempunyai klaim {1}, sehingga tidak dapat berhenti berlaku surut sejak {2}. "
				"Isi Berhenti Sejak dengan tanggal hari ini."
			).format(frappe.bold(baris.nama), frappe.bold(klaim[0].name), formatdate(baris.berhenti_sejak)),
			BerhentiBerlakuSurut,
		)
