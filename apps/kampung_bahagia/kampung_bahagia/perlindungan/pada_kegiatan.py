"""What `perlindungan` adds to a Kegiatan: the premium to expect, and cover before work starts.

Wired in hooks.py, so that `perencanaan` need not know the modules that come after it.
"""

from decimal import Decimal

import frappe
from frappe import _
from frappe.utils import add_days, cint, formatdate, getdate, nowdate

from kampung_bahagia.aturan.bilangan import format_rupiah
from kampung_bahagia.aturan.iuran import Lapis, hitung_iuran
from kampung_bahagia.aturan.kemiripan import Ambang, Pekerjaan, terpecah
from kampung_bahagia.perencanaan import serupa
from kampung_bahagia.perencanaan.pagu import DIRENCANAKAN
from kampung_bahagia.perlindungan.doctype.tarif_iuran.tarif_iuran import iuran_menurut_tarif
from kampung_bahagia.perlindungan.perubahan_sk import PENCABUTAN
from kampung_bahagia.perlindungan.upah import UPAH
from kampung_bahagia.tata_kelola.jembatan import desimal
from kampung_bahagia.tata_kelola.masa_berlaku import yang_berlaku
from kampung_bahagia.tata_kelola.penolakan import tolak_dengan_daftar

# states of a registration that still takes its premium from the kegiatan, or will again before BPJS bills it
BELUM_DIKIRIM = ("Disiapkan", "Diperbaiki", "Ditolak BPJS", "Dibatalkan")


class BelumTerlindungi(frappe.ValidationError):
	pass


def perkirakan_iuran(kegiatan, method: str | None = None) -> None:
	"""Premium by the tariff in force on the planned start; zero for what is not construction (no jakon)."""
	if kegiatan.sedang_disusun() or kegiatan.flags.adendum:
		kegiatan.perkiraan_iuran = _iuran(kegiatan, kegiatan.dasar_iuran, kegiatan.tanggal_mulai)


def _iuran(kegiatan, dasar, pada) -> float:
	if not kegiatan.konstruksi:
		return 0
	_tarif, hasil = iuran_menurut_tarif(desimal(dasar), pada)
	return float(hasil.total)


def tandai(kegiatan, method: str | None = None) -> None:
	"""At its submission, flag a kegiatan that looks like a part or a copy of another, with the evidence."""
	if kegiatan.baru_berstatus("Diajukan"):
		kegiatan.update(_tanda(kegiatan))


def tandai_pasangan(kegiatan, method: str | None = None) -> None:
	"""Others say what is so now: files that wait for a decision when a part comes, all that name it when it goes."""
	k = frappe.qb.DocType("Kegiatan")
	if kegiatan.baru_berstatus("Diajukan"):
		pasangan = k.name.isin(kegiatan.flags.serupa or [""]) & k.status.isin(DIRENCANAKAN)
	elif kegiatan.baru_berstatus("Dikembalikan", "Ditolak", "Dihentikan"):
		pasangan = k.bukti_tanda.like(f"%{kegiatan.name}%") & k.status.notin(serupa.TIDAK_DIBANDINGKAN)
	else:
		return
	for nama in (
		frappe.qb.from_(k)
		.select(k.name)
		.where((k.kelurahan == kegiatan.kelurahan) & (k.name != kegiatan.name) & pasangan)
		.orderby(k.name)
		.run(pluck=True)
	):
		tanda = _tanda(frappe.get_doc("Kegiatan", nama))
		frappe.db.set_value("Kegiatan", nama, tanda, update_modified=False)


def _tanda(kegiatan) -> dict:
	ambang = serupa.ambang()
	lain = serupa.sewaktu(kegiatan, ambang.hari)
	kembar, bagian = serupa.yang_ganda(kegiatan, lain, ambang), _yang_terpecah(kegiatan, lain, ambang)
	kegiatan.flags.serupa = [b.nama for b in (*kembar, *bagian)]
	bukti = [
		_("Tempat, waktu, dan nama mirip dengan:") + "\n" + serupa.sebutkan(kembar) if kembar else None,
		_bukti_pecah(kegiatan, bagian) if bagian else None,
	]
	return {
		"tanda_ganda": int(bool(kembar)),
		"tanda_pecah": int(bool(bagian)),
		"bukti_tanda": "\n\n".join(filter(None, bukti)) or None,
	}


def _yang_terpecah(kegiatan, lain: list[Pekerjaan], ambang: Ambang) -> list[Pekerjaan]:
	"""Parts of one construction work, each within the first slice of the tariff in force, together above it."""
	lapis = _lapis(kegiatan) if kegiatan.konstruksi else ()
	batas = lapis[0].batas_atas if lapis else None
	return terpecah(serupa.sebagai_pekerjaan(kegiatan), lain, batas, ambang) if batas else []


def _lapis(kegiatan) -> tuple[Lapis, ...]:
	nama = yang_berlaku("Tarif Iuran", kegiatan.tanggal_mulai)
	return frappe.get_cached_doc("Tarif Iuran", nama).sebagai_lapis() if nama else ()


def _bukti_pecah(kegiatan, bagian: list[Pekerjaan]) -> str:
	"""Which files, their values and sum, and the premium in parts and as a whole."""
	lapis = _lapis(kegiatan)
	semua = [serupa.sebagai_pekerjaan(kegiatan), *bagian]
	jumlah = sum((b.dasar for b in semua), Decimal(0))
	terpisah = sum((hitung_iuran(b.dasar, lapis).total for b in semua), Decimal(0))
	return "\n".join(
		[
			_("Mungkin satu pekerjaan dengan:"),
			serupa.sebutkan(bagian),
			_("Dasar iuran bersama {0}, melebihi lapis pertama {1}.").format(
				format_rupiah(jumlah), format_rupiah(lapis[0].batas_atas)
			),
			_("Iuran terpisah {0}, sebagai satu pekerjaan {1}.").format(
				format_rupiah(terpisah), format_rupiah(hitung_iuran(jumlah, lapis).total)
			),
		]
	)


def iuran_adendum(adendum, method: str | None = None) -> None:
	"""What an addendum changes in the premium: both by the whole value, never on the difference alone."""
	if not adendum.sedang_disusun():
		return
	kegiatan = frappe.get_cached_doc("Kegiatan", adendum.kegiatan)
	adendum.iuran_lama = kegiatan.perkiraan_iuran
	adendum.iuran_baru = _iuran(kegiatan, adendum.dasar_iuran_baru, adendum.tanggal_mulai)
	adendum.selisih_iuran = adendum.iuran_baru - adendum.iuran_lama


def ingatkan_perlindungan(adendum, method: str | None = None) -> None:
	"""Say on the addendum, at each of its steps, which of its days neither certificate nor decree reaches."""
	selesai = adendum.tanggal_selesai
	celah = (
		celah_perlindungan(adendum.kegiatan, selesai, adendum.masa_pemeliharaan),
		celah_sk(adendum.kegiatan, selesai),
		_iuran_dari_upah(adendum.kegiatan),
	)
	adendum.catatan_perlindungan = "\n".join(filter(None, celah)) or None


def _iuran_dari_upah(kegiatan: str) -> str | None:
	if not frappe.db.exists("Pendaftaran BPJS", {"kegiatan": kegiatan, "cara_hitung": UPAH}):
		return None
	return _(
		"Iuran dihitung dari upah, sehingga selisih di atas tidak ditagih. DPMPPA menyesuaikannya dengan BPJS."
	)


def tagihkan_selisih(adendum, method: str | None = None) -> None:
	"""Once the registration went to BPJS, what an approved addendum adds waits on the kegiatan to be settled.

	A registration that BPJS rejected computes its premium anew before it goes there again, with the addendum in it.
	"""
	daftar = frappe.db.get_value(
		"Pendaftaran BPJS", {"kegiatan": adendum.kegiatan}, ["status", "cara_hitung"], as_dict=True
	)
	# a premium by wages does not follow the value: wages and months are settled with BPJS
	if daftar and daftar.status not in BELUM_DIKIRIM and daftar.cara_hitung != UPAH:
		k = frappe.qb.DocType("Kegiatan")
		frappe.qb.update(k).set(k.tambahan_iuran, k.tambahan_iuran + adendum.selisih_iuran).where(
			k.name == adendum.kegiatan
		).run()


def periksa_mulai(kegiatan, method: str | None = None) -> None:
	"""Raises BelumTerlindungi, listing everything that is missing at once."""
	if kegiatan.baru_berstatus("Berjalan") and (kurang := kekurangan(kegiatan.name)):
		tolak_dengan_daftar(
			_("Kegiatan belum dapat dimulai:"), kurang, BelumTerlindungi, _("Belum terlindungi")
		)


def kekurangan(kegiatan: str) -> list[str]:
	"""What still stands between this kegiatan and its start, in words for the Ketua RT.

	What is not construction needs no registration of a project: DPMPPA has approved the other cover with the plan.
	Whoever works there is named in an SK all the same.
	"""
	if frappe.db.get_value("Kegiatan", kegiatan, "konstruksi"):
		return [*_kurang_perlindungan(kegiatan), *_kurang_sk(kegiatan)]
	return _kurang_sk(kegiatan) if frappe.db.exists("Peserta", {"kegiatan": kegiatan}) else []


def _kurang_perlindungan(kegiatan: str) -> list[str]:
	hari_ini = getdate(nowdate())
	p = frappe.db.get_value(
		"Pendaftaran BPJS",
		{"kegiatan": kegiatan, "status": "Bersertifikat"},
		["dibayar_pada", "berlaku_mulai", "berlaku_sampai", "jatuh_tempo"],
		as_dict=True,
	)
	if not p or not p.dibayar_pada:
		return [_("Iuran BPJS belum lunas dan bersertifikat. Hubungi DPMPPA.")]
	if p.jatuh_tempo and p.jatuh_tempo < hari_ini:
		return [
			_("Termin iuran yang jatuh tempo {0} belum dibayar. Hubungi DPMPPA.").format(
				formatdate(p.jatuh_tempo)
			)
		]
	if not p.berlaku_mulai <= hari_ini <= p.berlaku_sampai:
		return [
			_("Hari ini di luar masa perlindungan ({0} sampai {1}).").format(
				formatdate(p.berlaku_mulai), formatdate(p.berlaku_sampai)
			)
		]
	if belum := frappe.get_all(
		"Peserta",
		filters={
			"kegiatan": kegiatan,
			"status": ["!=", "Terlindungi"],
			"berhenti_sejak": ["is", "not set"],
		},
		pluck="nama",
		order_by="nama",
	):
		return [
			_("Belum terdaftar di BPJS: {0}. Hapus dari peserta atau hubungi DPMPPA.").format(
				", ".join(belum)
			)
		]
	return []


def celah_perlindungan(kegiatan: str, selesai, masa_pemeliharaan) -> str | None:
	"""What to say when BPJS's cover ends before the work and its maintenance (days after `selesai`) do; else None.

	The cover of a Jasa Konstruksi project runs to the end of maintenance, and does not lengthen by itself.
	"""
	sampai = frappe.db.get_value(
		"Pendaftaran BPJS", {"kegiatan": kegiatan, "status": "Bersertifikat"}, "berlaku_sampai"
	)
	perlu = add_days(getdate(selesai), cint(masa_pemeliharaan))
	if not sampai or sampai >= perlu:
		return None
	return _(
		"Perlindungan BPJS berakhir {0}, sedangkan pekerjaan dan pemeliharaannya sampai {1}. "
		"Mintalah DPMPPA memperpanjang perlindungan."
	).format(formatdate(sampai), formatdate(perlu))


def celah_sk(kegiatan: str, selesai) -> str | None:
	"""What to say when a decree that names people ends before the work does, on the day `selesai`; else None."""
	berakhir = frappe.get_all(
		"Surat Keputusan",
		filters={
			"kegiatan": kegiatan,
			"status": "Ditetapkan",
			"jenis": ["!=", PENCABUTAN],
			"berlaku_sampai": ["<", selesai],
		},
		fields=["nomor", "berlaku_sampai"],
		order_by="berlaku_sampai, name",
	)
	if not berakhir:
		return None
	return _("SK berakhir sebelum pekerjaan selesai pada {0}: {1}. Perbarui SK-nya.").format(
		formatdate(selesai),
		", ".join(_("{0} ({1})").format(sk.nomor, formatdate(sk.berlaku_sampai)) for sk in berakhir),
	)


def _kurang_sk(kegiatan: str) -> list[str]:
	sk = frappe.get_all(
		"Surat Keputusan",
		filters={"kegiatan": kegiatan, "status": "Ditetapkan", "jenis": ["!=", PENCABUTAN]},
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
		filters={
			"kegiatan": kegiatan,
			"surat_keputusan": ["is", "not set"],
			"berhenti_sejak": ["is", "not set"],
		},
		pluck="nama",
		order_by="nama",
	):
		kurang.append(_("Belum disebut dalam SK: {0}.").format(", ".join(tanpa_sk)))
	return kurang
