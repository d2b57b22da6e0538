"""A resident who moves to another RT: the record of the move is the move itself, and stays.

What the resident took part in before keeps the area in which it was done.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.utils import formatdate, getdate, nowdate

from kampung_bahagia.aturan.identitas import periksa_nik
from kampung_bahagia.aturan.warga_serupa import nama_baku, nama_mirip
from kampung_bahagia.izin import data_pribadi
from kampung_bahagia.izin.cakupan import menjabat
from kampung_bahagia.izin.dokumen import DokumenBerwilayah, DokumenTerkunci
from kampung_bahagia.izin.indeks import pasang_indeks
from kampung_bahagia.wilayah.doctype.penugasan.penugasan import pesan_masa_rt

JABATAN_PEMINDAH = ("Lurah", "DPMPPA")  # over the RT that receives
ALASAN_TERPENDEK = 5


class PindahTidakSah(frappe.ValidationError):
	pass


class PerpindahanWarga(DokumenBerwilayah):
	def validate(self):
		if not self.is_new():
			frappe.throw(_("Riwayat pindah tidak diubah. Catat perpindahan baru."), DokumenTerkunci)
		self.periksa_rt()
		self.periksa_dasar()
		self.periksa_tanggal()
		self.periksa_alasan()

	def periksa_rt(self):
		"""From where is what is recorded, read under a lock: two moves at once follow each other."""
		self.dari_rt = frappe.db.get_value("Warga", self.warga, "rt", for_update=True)
		if self.dari_rt == self.rt:
			frappe.throw(_("Warga ini sudah tercatat di RT itu."), PindahTidakSah)

	def periksa_tanggal(self):
		tanggal = getdate(self.tanggal)
		if tanggal > getdate(nowdate()):
			frappe.throw(
				_("Tanggal pindah belum tiba. Catat perpindahan pada harinya atau sesudahnya."),
				PindahTidakSah,
			)
		rt = frappe.db.get_value("RT", self.rt, ["judul", "berlaku_mulai", "berlaku_sampai"], as_dict=True)
		if pesan := pesan_masa_rt(rt, tanggal, tanggal):
			frappe.throw(pesan, PindahTidakSah)
		terakhir = frappe.db.get_value(
			"Perpindahan Warga", {"warga": self.warga}, "tanggal", order_by="tanggal desc"
		)
		if terakhir and tanggal < getdate(terakhir):
			frappe.throw(
				_("Tanggal pindah mendahului perpindahan sebelumnya, {0}.").format(formatdate(terakhir)),
				PindahTidakSah,
			)

	def periksa_alasan(self):
		self.alasan = (self.alasan or "").strip()
		if len(self.alasan) < ALASAN_TERPENDEK:
			frappe.throw(
				_("Tulis alasan pindah, paling sedikit {0} huruf.").format(ALASAN_TERPENDEK), PindahTidakSah
			)

	def after_insert(self):
		warga = frappe.get_doc("Warga", self.warga)
		warga.rt = self.rt
		if self.flags.alamat:
			warga.alamat = self.flags.alamat
		warga.flags.pindah_rt = True
		warga.save(ignore_permissions=True)

	def on_trash(self):
		frappe.throw(_("Riwayat pindah tidak dihapus."), DokumenTerkunci)


@frappe.whitelist(methods=["POST"])
def pindahkan(
	rt: str,
	tanggal: str,
	alasan: str,
	warga: str | None = None,
	nik: str | None = None,
	nama: str | None = None,
	alamat: str | None = None,
) -> dict[str, str]:
	"""Move a resident to `rt`, which lies in the caller's area as Lurah or DPMPPA.

	Named by `warga`, who must be readable, or by `nik` and `nama` as on the KTP, for a resident of another area.
	`alamat`, when given, replaces the address. Answers with the names of the record and of the Warga. Raises
	PermissionError for an RT or a resident that is not the caller's, PindahTidakSah with what to do otherwise.
	"""
	doc = frappe.get_doc(
		{"doctype": "Perpindahan Warga", "rt": rt, "tanggal": tanggal or None, "alasan": alasan}
	)
	doc.isi_wilayah()
	if frappe.session.user != "Administrator" and not (
		doc.kelurahan and any(menjabat(frappe.session.user, j, doc) for j in JABATAN_PEMINDAH)
	):
		raise frappe.PermissionError(_("Pindah RT dicatat oleh lurah dari RT tujuan, atau oleh DPMPPA."))
	if warga:
		frappe.get_doc("Warga", warga).check_permission("read")
	doc.warga = warga or _menurut_ktp(nik, nama)
	doc.flags.alamat = (alamat or "").strip()
	doc.flags.oleh_sistem = True
	doc.insert(ignore_permissions=True)
	return {"name": doc.name, "warga": doc.warga}


def _menurut_ktp(nik: str | None, nama: str | None) -> str:
	"""Whoever holds the KTP knows both; one alone must not tell whether it is known."""
	data_pribadi.batasi_telaah()
	if not nik or not nama:
		frappe.throw(_("Isi NIK dan nama sesuai KTP."), PindahTidakSah)
	hasil = periksa_nik(nik, None, None)
	pemilik = data_pribadi.warga_ber_nik(hasil.bersih) if hasil.sah else None
	if not pemilik or not nama_mirip(
		nama_baku(nama), nama_baku(frappe.db.get_value("Warga", pemilik, "nama"))
	):
		frappe.throw(
			_(
				"Tidak ada warga dengan NIK dan nama itu. Cocokkan dengan KTP. Bila memang belum tercatat, Ketua RT "
				"tujuan mendaftarkannya sebagai warga baru."
			),
			PindahTidakSah,
		)
	return pemilik


def riwayat(doctype: str, name: str) -> list[dict[str, object]]:
	"""The moves of a resident for the form's timeline: `creation` and `content` (HTML).

	The framework asks for it only after it has checked that the resident may be read.
	"""
	pindah = frappe.get_all(
		"Perpindahan Warga",
		{"warga": name},
		["creation", "tanggal", "dari_rt", "rt", "alasan"],
		order_by="creation, name",
	)
	judul = dict(
		frappe.get_all(
			"RT",
			{"name": ["in", {r for p in pindah for r in (p.dari_rt, p.rt)}]},
			["name", "judul"],
			order_by="name",
			as_list=True,
		)
		if pindah
		else ()
	)
	kalimat = _("Pindah dari {0} ke {1} pada {2}: {3}")
	return [
		{
			"icon": "assign",
			"creation": p.creation,
			"content": kalimat.format(
				*(
					frappe.utils.escape_html(bagian)
					for bagian in (
						judul.get(p.dari_rt, ""),
						judul.get(p.rt, ""),
						formatdate(p.tanggal),
						p.alasan or "",
					)
				)
			),
		}
		for p in pindah
	]


def on_doctype_update():
	pasang_indeks("Perpindahan Warga")
