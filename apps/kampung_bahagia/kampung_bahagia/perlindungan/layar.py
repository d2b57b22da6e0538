"""What the forms of `perlindungan` ask of the server."""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.model.workflow import get_workflow
from frappe.utils import strip_html

from kampung_bahagia.izin.cakupan import menjabat
from kampung_bahagia.izin.data_pribadi import tanggal_lahir
from kampung_bahagia.izin.dokumen import JabatanTidakBerwenang
from kampung_bahagia.izin.layar import giliran
from kampung_bahagia.perlindungan import perubahan_sk
from kampung_bahagia.perlindungan.doctype.ketentuan_peserta.ketentuan_peserta import (
	ketentuan_pada,
	usia_menurut,
)
from kampung_bahagia.perlindungan.doctype.peserta.peserta import kegiatan_bersamaan, sebutkan_bersamaan
from kampung_bahagia.perlindungan.kelengkapan import kelengkapan
from kampung_bahagia.perlindungan.pada_kegiatan import celah_perlindungan, celah_sk, kekurangan
from kampung_bahagia.perlindungan.tenggat_pendaftaran import TIDAK_DIKERJAKAN, tenggat_kegiatan
from kampung_bahagia.tata_kelola.isian import daftar_nama

MENUJU_MULAI = ("Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi")
SEKALI_TAMBAH = 500  # people in one call
BERPERLINDUNGAN = ("Terlindungi", "Berjalan", "Serah Terima")  # until the end of maintenance
BER_SK = (*MENUJU_MULAI, "Berjalan")


@frappe.whitelist()
def posisi_kegiatan(kegiatan: str) -> dict[str, list]:
	"""What the kegiatan still lacks (`kurang`), who acts on its registration (`giliran`, may be empty), and what to
	say of the clocks of its registration (`tenggat`, see tenggat_kegiatan).
	"""
	doc = frappe.get_doc("Kegiatan", kegiatan)
	doc.check_permission("read")
	kurang = doc.kekurangan() if doc.sedang_disusun() else []
	if doc.docstatus == 0 and not frappe.db.exists("Peserta", {"kegiatan": doc.name}):
		kurang.append(_("Belum ada peserta."))
	if doc.status in MENUJU_MULAI:
		kurang += kekurangan(doc.name)
	if doc.status in BERPERLINDUNGAN:
		kurang.append(celah_perlindungan(doc.name, doc.tanggal_selesai, doc.masa_pemeliharaan))
	if doc.status in BER_SK:
		kurang.append(celah_sk(doc.name, doc.tanggal_selesai))
	return {
		"kurang": [satu for satu in kurang if satu],
		"giliran": _giliran(doc),
		"tenggat": tenggat_kegiatan(doc),
	}


@frappe.whitelist()
def posisi_pendaftaran(pendaftaran: str) -> dict[str, list]:
	"""What to say of the clocks of a registration (`tenggat`, see tenggat_kegiatan) and what stands in its way."""
	doc = frappe.get_doc("Pendaftaran BPJS", pendaftaran)
	doc.check_permission("read")
	kegiatan = frappe.get_doc("Kegiatan", doc.kegiatan)
	kurang = []
	if kegiatan.status in TIDAK_DIKERJAKAN and doc.status != "Dibatalkan" and not doc.dibayar_pada:
		kurang.append(_("Kegiatan {0}. Pilih Batalkan Pendaftaran.").format(kegiatan.status.lower()))
	return {"tenggat": tenggat_kegiatan(kegiatan), "kurang": kurang}


@frappe.whitelist()
def kelengkapan_pendaftaran(pendaftaran: str) -> dict:
	"""What a registration needs and lacks, see perlindungan.kelengkapan. Raises PermissionError for a foreign one."""
	doc = frappe.get_doc("Pendaftaran BPJS", pendaftaran)
	doc.check_permission("read")
	return kelengkapan(doc)


def _giliran(doc) -> list[str]:
	if doc.status in MENUJU_MULAI[:2] and doc.status_pendaftaran:
		return giliran(get_workflow("Pendaftaran BPJS"), doc.status_pendaftaran)
	if doc.status == MENUJU_MULAI[0]:  # where what is not construction goes another way
		return ["DPMPPA"] if doc.konstruksi else ["Ketua RT"]
	return []


@frappe.whitelist()
def calon_peserta(kegiatan: str) -> list[dict]:
	"""Residents of the kegiatan's RT: name, nama, nik_samar, `tertutup` and `catatan`.

	`tertutup` says why one cannot be chosen (already a peserta, too young), `catatan` what to look at before; both
	are None otherwise.
	"""
	doc = frappe.get_doc("Kegiatan", kegiatan)
	doc.check_permission("read")
	if not frappe.has_permission("Peserta", "create"):
		raise frappe.PermissionError(_("Jabatan Anda tidak mendaftarkan peserta."))
	sudah = set(frappe.get_all("Peserta", filters={"kegiatan": doc.name}, pluck="warga", order_by="name"))
	warga = frappe.get_list(
		"Warga", filters={"rt": doc.rt}, fields=["name", "nama", "nik_samar"], order_by="nama", limit=0
	)
	nama = [w.name for w in warga]
	lahir, ketentuan = tanggal_lahir(nama), ketentuan_pada(doc.tanggal_mulai)
	bersamaan = kegiatan_bersamaan(nama, doc.tanggal_mulai, doc.tanggal_selesai, selain=doc.name)
	for w in warga:
		w.tertutup, catatan = None, []
		if w.name in sudah:
			w.tertutup = _("Sudah menjadi peserta")
		elif lahir.get(w.name):
			usia = usia_menurut(ketentuan, lahir[w.name], doc.tanggal_mulai)
			if usia.boleh:
				catatan.append(usia.teks)
			else:
				w.tertutup = usia.teks
		if w.name in bersamaan and w.name not in sudah:
			catatan.append(sebutkan_bersamaan(bersamaan[w.name], doc.rt))
		w.catatan = " ".join(filter(None, catatan)) or None
	return warga


@frappe.whitelist(methods=["POST"])
def tambah_peserta(kegiatan: str, warga: str | list) -> list[dict[str, str]]:
	"""Make each of `warga` (names, or JSON of them) a peserta; one refusal does not undo the others.

	Answers for each with `nama`, `hasil` (Ditambahkan or Ditolak) and `pesan` (why not, or what to look at). A person
	or kegiatan outside the user's area refuses the whole call (PermissionError), and nothing is kept.
	"""
	diminta = daftar_nama(warga, _("Pilih warga yang akan ditambahkan."))
	if len(diminta) > SEKALI_TAMBAH:
		frappe.throw(
			_("Paling banyak {0} warga sekali tambah. Tambahkan sisanya sesudah ini.").format(SEKALI_TAMBAH)
		)
	putusan = []
	for nama in diminta:
		doc = frappe.get_doc({"doctype": "Peserta", "kegiatan": kegiatan, "warga": nama})
		frappe.db.savepoint("peserta")
		try:
			doc.insert()
			pesan = " ".join(filter(None, [doc.catatan_usia, doc.catatan_bersamaan]))
			putusan.append({"nama": doc.nama, "hasil": "Ditambahkan", "pesan": pesan})
		except frappe.ValidationError as galat:
			frappe.db.rollback(save_point="peserta")
			frappe.clear_messages()
			putusan.append({"nama": doc.nama or "", "hasil": "Ditolak", "pesan": strip_html(str(galat))})
	return putusan


@frappe.whitelist()
def rancang_sk(sk: str, jenis: str) -> dict:
	"""A draft, not saved, of the decree that changes (`jenis` Perubahan) or revokes (Pencabutan) the decree `sk`."""
	lama = frappe.get_doc("Surat Keputusan", sk)
	lama.check_permission("read")
	if jenis not in perubahan_sk.ATAS_SK:
		frappe.throw(_("Pilih Perubahan atau Pencabutan."))
	baru = frappe.new_doc("Surat Keputusan", jenis=jenis, kegiatan=lama.kegiatan, atas_sk=lama.name)
	perubahan_sk.isi_usulan(baru)
	return baru.as_dict()


@frappe.whitelist(methods=["POST"])
def lapor_perubahan(sk: str, dilaporkan_pada: str) -> None:
	"""DPMPPA told BPJS on that day (yyyy-mm-dd) who stopped and who came.

	Raises JabatanTidakBerwenang or PerubahanTidakSah.
	"""
	doc = frappe.get_doc("Surat Keputusan", sk, for_update=True)
	doc.check_permission("read")
	if not menjabat(frappe.session.user, "DPMPPA", doc):
		frappe.throw(_("Laporan ke BPJS dicatat oleh DPMPPA."), JabatanTidakBerwenang)
	try:
		pada = date.fromisoformat(dilaporkan_pada)
	except ValueError:
		frappe.throw(_("Isi tanggal laporan ke BPJS."), perubahan_sk.PerubahanTidakSah)
	perubahan_sk.lapor(doc, pada)
