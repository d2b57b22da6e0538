"""What `perlindungan` adds to a Kegiatan: the premium to expect, and cover before work starts.

Wired in hooks.py, so that `perencanaan` need not know the modules that come after it.
"""

import frappe
from frappe import _
from frappe.utils import formatdate, getdate, nowdate

from kampung_bahagia.perlindungan.doctype.tarif_iuran.tarif_iuran import iuran_menurut_tarif
from kampung_bahagia.tata_kelola.jembatan import desimal


class BelumTerlindungi(frappe.ValidationError):
	pass


def perkirakan_iuran(kegiatan, method: str | None = None) -> None:
	"""Premium by the tariff in force on the planned start; zero for what is not construction (no jakon)."""
	if not kegiatan.sedang_disusun():
		return
	kegiatan.perkiraan_iuran = 0
	if kegiatan.konstruksi:
		_tarif, hasil = iuran_menurut_tarif(desimal(kegiatan.dasar_iuran), kegiatan.tanggal_mulai)
		kegiatan.perkiraan_iuran = float(hasil.total)


def periksa_mulai(kegiatan, method: str | None = None) -> None:
	"""Raises BelumTerlindungi, listing everything that is missing at once."""
	if kegiatan.baru_berstatus("Berjalan") and (kurang := kekurangan(kegiatan.name)):
		frappe.throw(
			_("Kegiatan belum dapat dimulai:") + "<ul>" + "".join(f"<li>{k}</li>" for k in kurang) + "</ul>",
			BelumTerlindungi,
			title=_("Belum terlindungi"),
		)


def kekurangan(kegiatan: str) -> list[str]:
	"""What still stands between this kegiatan and its start, in words for the Ketua RT."""
	return [*_kurang_perlindungan(kegiatan), *_kurang_sk(kegiatan)]


def _kurang_perlindungan(kegiatan: str) -> list[str]:
	hari_ini = getdate(nowdate())
	p = frappe.db.get_value(
		"Pendaftaran BPJS",
		{"kegiatan": kegiatan, "status": "Bersertifikat"},
		["dibayar_pada", "berlaku_mulai", "berlaku_sampai"],
		as_dict=True,
	)
	if not p or not p.dibayar_pada:
		return [_("Iuran BPJS belum lunas dan bersertifikat. Hubungi DPMPPA.")]
	if not p.berlaku_mulai <= hari_ini <= p.berlaku_sampai:
		return [
			_("Hari ini di luar masa perlindungan ({0} sampai {1}).").format(
				formatdate(p.berlaku_mulai), formatdate(p.berlaku_sampai)
			)
		]
	if belum := frappe.get_all(
		"Peserta",
		filters={"kegiatan": kegiatan, "status": ["!=", "Terlindungi"]},
		pluck="nama",
		order_by="nama",
	):
		return [
			_("Belum terdaftar di BPJS: {0}. Hapus dari peserta atau hubungi DPMPPA.").format(
				", ".join(belum)
			)
		]
	return []


def _kurang_sk(kegiatan: str) -> list[str]:
	sk = frappe.get_all(
		"Surat Keputusan",
		filters={"kegiatan": kegiatan, "status": "Ditetapkan"},
		fields=["nomor", "pindaian", "berlaku_mulai", "berlaku_sampai"],
		order_by="berlaku_mulai",
	)
	if not sk:
		return [_("SK Ketua RT belum ditetapkan.")]
	kurang = [_("SK {0} yang bertanda tangan belum diunggah.").format(s.nomor) for s in sk if not s.pindaian]
	hari_ini = getdate(nowdate())
	if not any(s.berlaku_mulai <= hari_ini <= s.berlaku_sampai for s in sk):
		kurang.append(
			_("Hari ini di luar masa berlaku SK ({0} sampai {1}).").format(
				formatdate(sk[-1].berlaku_mulai), formatdate(sk[-1].berlaku_sampai)
			)
		)
	if tanpa_sk := frappe.get_all(
		"Peserta",
		filters={"kegiatan": kegiatan, "surat_keputusan": ["is", "not set"]},
		pluck="nama",
		order_by="nama",
	):
		kurang.append(_("Belum disebut dalam SK: {0}.").format(", ".join(tanpa_sk)))
	return kurang
