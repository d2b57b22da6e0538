"""The checklist of a claim: which papers it needs, what is there already, and what the officer says of each."""

from __future__ import annotations

from collections import defaultdict

import frappe
from frappe import _
from frappe.utils import cint, getdate

from kampung_bahagia.aturan.syarat_dokumen import FaktaDokumen, Syarat, dokumen_diperlukan, keadaan_klaim
from kampung_bahagia.izin.benturan import bersangkutan
from kampung_bahagia.izin.cakupan import menjabat, penugasan_atas
from kampung_bahagia.izin.dokumen import BenturanKepentingan, JabatanTidakBerwenang
from kampung_bahagia.klaim import ahli_waris
from kampung_bahagia.klaim.manfaat import batas_dokumen
from kampung_bahagia.klaim.pertanggungan import simpan_diam, surat_tugas
from kampung_bahagia.tata_kelola.jejak import catat
from kampung_bahagia.tata_kelola.jembatan import desimal, menurut_aturan

KOLOM_JENIS = {"JKK Perawatan": "jkk_perawatan", "JKK Meninggal": "jkk_meninggal", "JKM": "jkm"}
# who looks at the papers, and in which states of the claim
PEMERIKSA = {
	"Lurah": ("Dilaporkan",),
	"DPMPPA": ("Diverifikasi Lurah", "Diverifikasi DPMPPA", "Ditolak BPJS"),
}
DITERIMA, DITOLAK = "Diterima", "Ditolak"


def susun(klaim) -> None:
	"""The checklist for the kind and circumstances of the claim, whole again on each save; what was attached stays."""
	ada = defaultdict(list)
	for d in klaim.dokumen:
		ada[d.jenis_dokumen].append(d)
	jenis = {
		j.name: j
		for j in frappe.get_all(
			"Jenis Dokumen Klaim",
			filters={KOLOM_JENIS[klaim.jenis]: 1},
			fields=["name", "wajib", "keadaan", "pembawa", "keterangan", "dari_sistem"],
			order_by="urutan, name",
		)
	}
	perlu = {s.dokumen: s for s in _diperlukan(klaim, jenis.values())}
	sistem = _dari_sistem(klaim)
	lama = {d.name: d for d in (klaim.get_doc_before_save() or frappe._dict(dokumen=())).dokumen}
	# of each kind every paper that was brought, else one row; what is asked no longer stays where somebody brought it
	baris = []
	for nama in perlu:
		kosong = ada[nama][:1] or [klaim.append("dokumen", {"jenis_dokumen": nama})]
		baris += [d for d in ada[nama] if d.berkas] or kosong
	baris += [d for nama, semua in ada.items() if nama not in perlu for d in semua if d.berkas]
	klaim.dokumen = baris
	for i, d in enumerate(baris, 1):
		d.idx = i
		satu = perlu.get(d.jenis_dokumen)
		d.wajib = cint(satu and satu.wajib)
		d.pembawa, d.memperlihatkan = (satu.pembawa, satu.memperlihatkan) if satu else (None, None)
		d.sumber = sistem.get(jenis[d.jenis_dokumen].dari_sistem) if satu else None
		# a paper that was exchanged has to be looked at again; what the officer said is nobody else's to write
		sebelum = lama.get(d.name)
		sama = sebelum and sebelum.berkas == d.berkas
		d.pemeriksaan = sebelum.pemeriksaan if sama else None
		d.alasan_ditolak = sebelum.alasan_ditolak if sama else None


def _diperlukan(klaim, jenis) -> tuple[Syarat, ...]:
	batas = batas_dokumen(getdate(klaim.waktu_kejadian)) if klaim.ketentuan_manfaat else {}
	with menurut_aturan():
		fakta = FaktaDokumen(
			jenis=klaim.jenis,
			lalu_lintas=bool(klaim.lalu_lintas),
			di_luar_lokasi=bool(klaim.di_luar_lokasi),
			biaya_sendiri=desimal(klaim.biaya_perawatan) + desimal(klaim.biaya_angkutan),
			santunan=desimal(klaim.perkiraan_manfaat),
			ahli_waris=ahli_waris.hasil(klaim) if klaim.ahli_waris else None,
		)
		return dokumen_diperlukan(
			[
				Syarat(
					dokumen=j.name,
					jenis=frozenset({klaim.jenis}),
					keadaan=j.keadaan or "",
					pembawa=j.pembawa or "",
					memperlihatkan=j.keterangan or "",
					wajib=bool(j.wajib),
				)
				for j in jenis
			],
			klaim.jenis,
			keadaan_klaim(fakta, **batas),
		)


def _dari_sistem(klaim) -> dict[str, str]:
	"""What need not be brought, since the programme has it: by the kind of file, its name for people."""
	tugas = surat_tugas(klaim)
	daftar = frappe.db.get_value(
		"Pendaftaran BPJS",
		{"kegiatan": klaim.kegiatan, "bukti_bayar": ["is", "set"]},
		["name", "nomor_proyek"],
		as_dict=True,
		order_by="dibayar_pada",
	)
	ada = {}
	if tugas.dokumen_resmi:
		ada["Surat Tugas"] = _("Surat Tugas {0}").format(tugas.nomor)
	if daftar:
		ada["Pendaftaran BPJS"] = _("Pendaftaran {0}, nomor proyek {1}").format(
			daftar.name, daftar.nomor_proyek
		)
	return ada


def tersedia(d) -> bool:
	"""Whether a row of the checklist is answered: by the programme, or by a paper that nobody refused."""
	return bool(d.sumber or (d.berkas and d.pemeriksaan != DITOLAK))


def kurang(klaim) -> list[str]:
	"""What is still asked for, in words."""
	return [
		_("{0} (ditolak: {1})").format(d.jenis_dokumen, d.alasan_ditolak)
		if d.pemeriksaan == DITOLAK
		else d.jenis_dokumen
		for d in klaim.dokumen
		if d.wajib and not tersedia(d)
	]


def hitung(klaim) -> None:
	"""Share of the required papers that are there, in whole percent; 100 only when none lacks."""
	wajib = [d for d in klaim.dokumen if d.wajib]
	klaim.kelengkapan = 100 * sum(map(tersedia, wajib)) // len(wajib) if wajib else 100


@frappe.whitelist(methods=["POST"])
def periksa(klaim: str, dokumen: str, hasil: str, alasan: str | None = None) -> int:
	"""Say of one paper (`dokumen`, name of its row) that it is Diterima, or Ditolak with the reason.

	Returns the completeness in percent. Raises JabatanTidakBerwenang for who does not look at papers in this state of
	the claim, ValidationError for a row without a paper and for a refusal without a reason.
	"""
	doc = frappe.get_doc("Klaim", klaim, for_update=True)
	doc.check_permission("read")
	user = frappe.session.user
	jabatan = next(
		(j for j, status in PEMERIKSA.items() if doc.status in status and menjabat(user, j, doc)), None
	)
	if not jabatan:
		frappe.throw(
			_("Dokumen diperiksa oleh lurah, lalu DPMPPA, saat klaim menunggu mereka."), JabatanTidakBerwenang
		)
	if bersangkutan(user, doc):
		frappe.throw(
			_("Klaim ini menyebut Anda atau keluarga Anda. Dokumennya diperiksa oleh pejabat lain."),
			BenturanKepentingan,
		)
	baris = next((d for d in doc.dokumen if d.name == dokumen), None)
	if not baris or not baris.berkas:
		frappe.throw(_("Dokumen ini belum diunggah."))
	alasan = (alasan or "").strip() or None
	if hasil not in (DITERIMA, DITOLAK) or (hasil == DITOLAK and not alasan):
		frappe.throw(_("Pilih Diterima, atau Ditolak beserta alasannya."))
	baris.pemeriksaan, baris.alasan_ditolak = hasil, alasan if hasil == DITOLAK else None
	baris.db_update()
	hitung(doc)
	simpan_diam(doc, ("kelengkapan",))
	if hasil == DITOLAK:
		catat(
			doc,
			aksi=f"Tolak {baris.jenis_dokumen}",
			dari=doc.status,
			jabatan=jabatan,
			penugasan=penugasan_atas(user, jabatan, doc),
		)
	return doc.kelengkapan
