"""Decrees that change or revoke another one: who stops, who comes in their place, and by when BPJS hears of it.

Such a decree takes effect in the transaction of its own last signature; until then the one before stands, and with
it everybody's cover. Whoever is named in neither of its lists would fall out of both unseen, so that is refused.
"""

from __future__ import annotations

from datetime import date

import frappe
from frappe import _
from frappe.utils import formatdate, getdate, nowdate

from kampung_bahagia.aturan.tenggat import batas_lapor_perubahan
from kampung_bahagia.perlindungan.doctype.ketentuan_peserta.ketentuan_peserta import ketentuan_pada
from kampung_bahagia.tata_kelola import resmi

PENETAPAN, PERUBAHAN, PENCABUTAN = "Penetapan", "Perubahan", "Pencabutan"
ATAS_SK = (PERUBAHAN, PENCABUTAN)
# what a newcomer becomes once BPJS has been told, by the state of the kegiatan's registration
SETELAH_DILAPORKAN = {
	"Dikirim": "Terdaftar",
	"Ditagih": "Terdaftar",
	"Diangsur": "Terdaftar",
	"Lunas": "Terdaftar",
	"Bersertifikat": "Terlindungi",
}


class PerubahanTidakSah(frappe.ValidationError):
	pass


def belum_disebut(kegiatan: str) -> list[frappe._dict]:
	"""People (name, tugas) of the kegiatan who work and stand in no decree, by name."""
	return frappe.get_all(
		"Peserta",
		filters={
			"kegiatan": kegiatan,
			"surat_keputusan": ["is", "not set"],
			"berhenti_sejak": ["is", "not set"],
		},
		fields=["name", "tugas"],
		order_by="nama",
	)


def isi_usulan(sk) -> None:
	"""What the decree it is about already says: its subject, the rest of its period, the people who stay."""
	lama = _lama(sk)
	kata = _("Perubahan atas") if sk.jenis == PERUBAHAN else _("Pencabutan")
	pokok = lama.tentang.rpartition(_(" tentang "))[2]  # of a change of a change: what the first was about
	sk.tentang = sk.tentang or _("{0} Keputusan Nomor {1} tentang {2}").format(kata, lama.nomor, pokok)
	sk.berlaku_mulai = sk.berlaku_mulai or nowdate()
	sk.berlaku_sampai = sk.berlaku_sampai or lama.berlaku_sampai
	if sk.jenis == PERUBAHAN and not sk.lampiran:
		for baris in [*_disebut(lama.name), *belum_disebut(sk.kegiatan)]:
			sk.append("lampiran", {"peserta": baris.get("peserta") or baris.name, "tugas": baris.tugas})


def susun_lampiran(sk) -> None:
	"""Who stops leaves the list, and who comes in their place joins it with their duty."""
	if sk.jenis == PENCABUTAN:
		sk.set("lampiran", [])
	if sk.jenis != PERUBAHAN or sk.docstatus:
		return
	tugas = {b.peserta: b.tugas for b in _disebut(sk.atas_sk)}
	berhenti = {b.peserta for b in sk.keluar}
	sk.set("lampiran", [b for b in sk.lampiran if b.peserta not in berhenti])
	tertulis = {b.peserta for b in sk.lampiran}
	for baris in sk.keluar:
		if baris.pengganti and baris.pengganti not in tertulis:
			sk.append("lampiran", {"peserta": baris.pengganti, "tugas": tugas.get(baris.peserta)})
			tertulis.add(baris.pengganti)


def periksa(sk) -> None:
	"""Raises PerubahanTidakSah, saying which row or name is wrong."""
	if sk.jenis == PENETAPAN:
		if sk.atas_sk or sk.keluar:
			frappe.throw(
				_("Pilih Jenis Perubahan untuk SK yang mengubah susunan SK lain."), PerubahanTidakSah
			)
		if frappe.db.get_value("Kegiatan", sk.kegiatan, "diserahkan_bpjs"):
			_hitung_batas(sk, _dikenal_bpjs(sk))
		return
	lama = _periksa_atas(sk)
	if not (sk.pertimbangan or "").strip():
		frappe.throw(_("Tulis Pertimbangan: mengapa SK itu diubah atau dicabut."), PerubahanTidakSah)
	# the one before ends with the signature of this one: a later beginning would leave days without a decree
	if getdate(sk.berlaku_mulai) > getdate(nowdate()):
		frappe.throw(
			_(
				"Berlaku Mulai tidak boleh sesudah hari ini, agar tidak ada hari tanpa SK. Tetapkan SK ini pada harinya."
			),
			PerubahanTidakSah,
		)
	if sk.jenis == PENCABUTAN:
		sk.set("keluar", [])
		return
	semula = {b.peserta: b for b in _disebut(sk.atas_sk)}
	_periksa_berhenti(sk, lama, semula)
	_periksa_beda(sk, lama, semula)
	_hitung_batas(sk, set(semula))


def berlakukan(sk) -> None:
	"""End the decree that `sk`, signed at last, changes or revokes; the letters of duty end with a revocation.

	Raises PerubahanTidakSah when the decree ended before.
	"""
	if sk.jenis not in ATAS_SK:
		return
	lama = frappe.get_doc("Surat Keputusan", sk.atas_sk, for_update=True)
	_periksa_atas(sk)
	if sk.jenis == PERUBAHAN:
		lama.pindahkan(resmi.DIGANTI, alasan=_("Diubah dengan Keputusan Nomor {0}.").format(sk.nomor))
	else:
		lama.pindahkan(resmi.DICABUT, alasan=_("Dicabut dengan Keputusan Nomor {0}.").format(sk.nomor))
		_cabut_surat_tugas(sk)
	resmi.akhiri(lama.dokumen_resmi, lama.status, lama.dicabut_pada, sk.dokumen_resmi)


def _cabut_surat_tugas(sk) -> None:
	"""Nobody is sent to work any more by letters that rest on the revoked decree, or on one that it had replaced."""
	for nama in frappe.get_all(
		"Surat Tugas", {"kegiatan": sk.kegiatan, "status": "Ditetapkan"}, pluck="name", order_by="name"
	):
		tugas = frappe.get_doc("Surat Tugas", nama, for_update=True)
		tugas.pindahkan(
			resmi.DICABUT,
			alasan=_("SK yang mendasarinya dicabut dengan Keputusan Nomor {0}.").format(sk.nomor),
		)


def tulis_peserta(sk) -> None:
	"""Everyone in the list is named in `sk`; who stops keeps what the record says of them, and works no longer."""
	p = frappe.qb.DocType("Peserta")
	nama = [b.peserta for b in sk.lampiran]
	if nama:
		# somebody who comes back is new to BPJS
		frappe.qb.update(p).set(p.status, "Diusulkan").where(
			p.name.isin(nama) & p.berhenti_sejak.isnotnull()
		).run()
		frappe.qb.update(p).set(p.surat_keputusan, sk.name).set(p.berhenti_sejak, None).where(
			p.name.isin(nama)
		).run()
	for baris in sk.keluar:
		frappe.qb.update(p).set(p.berhenti_sejak, baris.berhenti_sejak).where(p.name == baris.peserta).run()
	if berhenti := [b.peserta for b in sk.keluar]:
		frappe.qb.update(p).set(p.status, "Berakhir").where(
			p.name.isin(berhenti) & p.status.isin(["Terdaftar", "Terlindungi"])
		).run()


def lapor(sk, pada: date) -> None:
	"""BPJS was told of the change on the day `pada`: who came is on its list from now on, as far as the cover goes."""
	if not sk.batas_lapor or not sk.dokumen_resmi or sk.dilaporkan_pada:
		frappe.throw(_("SK ini tidak menunggu laporan ke BPJS."), PerubahanTidakSah)
	if not getdate(sk.ditetapkan_pada) <= pada <= getdate(nowdate()):
		frappe.throw(
			_("Tanggal laporan antara {0} dan hari ini.").format(formatdate(sk.ditetapkan_pada)),
			PerubahanTidakSah,
		)
	sk.dilaporkan_pada = pada
	sk.flags.oleh_sistem = sk.flags.ignore_permissions = True
	sk.siapkan_jejak("Laporkan ke BPJS", jabatan="DPMPPA", dari=sk.status)
	sk.save()
	status = SETELAH_DILAPORKAN.get(frappe.db.get_value("Kegiatan", sk.kegiatan, "status_pendaftaran"))
	if status:
		p = frappe.qb.DocType("Peserta")
		frappe.qb.update(p).set(p.status, status).set(p.diserahkan_bpjs, 1).where(
			p.name.isin([b.peserta for b in sk.lampiran]) & (p.status == "Diusulkan")
		).run()


def _lama(sk) -> frappe._dict:
	"""The decree that `sk` is about. Raises PerubahanTidakSah when none of this kegiatan is named."""
	kolom = [
		"name",
		"kegiatan",
		"nomor",
		"tentang",
		"status",
		"dokumen_resmi",
		"berlaku_mulai",
		"berlaku_sampai",
	]
	lama = sk.atas_sk and frappe.db.get_value("Surat Keputusan", sk.atas_sk, kolom, as_dict=True)
	if not lama or lama.kegiatan != sk.kegiatan:
		frappe.throw(_("Isi Atas SK dengan SK kegiatan ini yang diubah atau dicabut."), PerubahanTidakSah)
	return lama


def _disebut(sk: str | None) -> list[frappe._dict]:
	return (
		frappe.get_all("Peserta SK", {"parent": sk}, ["peserta", "nama", "tugas"], order_by="idx")
		if sk
		else []
	)


def _periksa_atas(sk) -> frappe._dict:
	"""The decree that `sk` is about, when it can be. Raises PerubahanTidakSah."""
	lama = _lama(sk)
	if lama.status != "Ditetapkan" or not lama.dokumen_resmi:
		keadaan = (
			_("belum bertanda tangan") if lama.status in ("Draf", "Ditetapkan") else _("tidak berlaku lagi")
		)
		frappe.throw(
			_("SK {0} {1}, sehingga tidak dapat diubah atau dicabut dengan SK ini.").format(
				frappe.bold(lama.nomor or lama.name), keadaan
			),
			PerubahanTidakSah,
		)
	if lain := frappe.db.get_value(
		"Surat Keputusan",
		{"atas_sk": lama.name, "name": ["!=", sk.name], "docstatus": 1, "dokumen_resmi": ["is", "not set"]},
		"nomor",
	):
		frappe.throw(
			_(
				"SK {0} sudah diubah oleh SK {1} yang menunggu tanda tangan. Selesaikan dahulu yang itu."
			).format(frappe.bold(lama.nomor), frappe.bold(lain)),
			PerubahanTidakSah,
		)
	if getdate(sk.berlaku_mulai) < lama.berlaku_mulai:
		frappe.throw(
			_("Berlaku Mulai tidak boleh mendahului SK yang diubah, {0}.").format(
				formatdate(lama.berlaku_mulai)
			),
			PerubahanTidakSah,
		)
	return lama


def _periksa_berhenti(sk, lama: frappe._dict, semula: dict[str, frappe._dict]) -> None:
	awal = lama.berlaku_mulai
	tetap, hari_ini = {b.peserta for b in sk.lampiran}, getdate(nowdate())
	sudah, pengganti = set(), set()
	for baris in sk.keluar:
		di = _("Warga yang Berhenti baris {0}:").format(baris.idx)
		orang = semula.get(baris.peserta)
		if not orang or baris.peserta in sudah:
			frappe.throw(
				_("{0} tidak disebut dalam SK yang diubah, atau tertulis dua kali.").format(di),
				PerubahanTidakSah,
			)
		sudah.add(baris.peserta)
		if not awal <= getdate(baris.berhenti_sejak) <= hari_ini:
			frappe.throw(
				_("{0} Berhenti Sejak antara {1} dan hari ini.").format(di, formatdate(awal)),
				PerubahanTidakSah,
			)
		if baris.pengganti and (baris.pengganti in semula or baris.pengganti in pengganti):
			frappe.throw(
				_("{0} pengganti sudah bertugas, atau menggantikan orang lain. Pilih peserta baru.").format(
					di
				),
				PerubahanTidakSah,
			)
		pengganti.add(baris.pengganti)
		p = frappe.db.get_value("Peserta", baris.peserta, ["nama", "nik_samar"], as_dict=True)
		baris.nama, baris.nik_samar = p.nama, p.nik_samar
	if hilang := [b.nama for nama, b in semula.items() if nama not in tetap | sudah]:
		frappe.throw(
			_("Belum jelas apakah tetap bertugas atau berhenti: {0}. Tulis pada salah satu daftar.").format(
				frappe.bold(", ".join(hilang))
			),
			PerubahanTidakSah,
		)


def _periksa_beda(sk, lama: frappe._dict, semula: dict[str, frappe._dict]) -> None:
	susunan = {b.peserta: b.tugas or "" for b in sk.lampiran} == {n: b.tugas or "" for n, b in semula.items()}
	if susunan and getdate(sk.berlaku_sampai) == lama.berlaku_sampai:
		frappe.throw(
			_("Belum ada yang berubah terhadap SK {0}.").format(frappe.bold(lama.nomor)), PerubahanTidakSah
		)


def _dikenal_bpjs(sk) -> set[str]:
	"""Whom of the list BPJS knows: who joined the kegiatan after its list was sent, it does not."""
	return set(
		frappe.get_all(
			"Peserta",
			{"name": ["in", [b.peserta for b in sk.lampiran]], "status": ["!=", "Diusulkan"]},
			pluck="name",
			order_by="name",
		)
	)


def _hitung_batas(sk, semula: set[str]) -> None:
	"""From the first change of people beside `semula`; only where BPJS already has their list."""
	hari = [getdate(b.berhenti_sejak) for b in sk.keluar]
	if {b.peserta for b in sk.lampiran} - semula:
		hari.append(getdate(sk.berlaku_mulai))
	sk.perubahan_sejak = min(hari, default=None)
	sk.batas_lapor = None
	if sk.perubahan_sejak and frappe.db.get_value("Kegiatan", sk.kegiatan, "diserahkan_bpjs"):
		ketentuan = ketentuan_pada(sk.perubahan_sejak)
		sk.batas_lapor = batas_lapor_perubahan(sk.perubahan_sejak, ketentuan.hari_lapor_perubahan)
