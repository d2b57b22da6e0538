"""All offices of one kelurahan on one page: who holds them, until when, and where one is vacant.

Every right is that of Penugasan: what its permissions or its controller refuse is refused here too.
"""

from __future__ import annotations

import base64
from io import BytesIO

import frappe
import pyqrcode
from frappe import _
from frappe.utils import add_days, cint, formatdate, get_url, getdate, nowdate

from kampung_bahagia.aturan.tanggal import sebagai_wib, waktu_indonesia
from kampung_bahagia.izin.totp import tanpa_surel
from kampung_bahagia.tata_kelola.cetak import halaman_ke_pdf
from kampung_bahagia.tata_kelola.isian import daftar_nama
from kampung_bahagia.tata_kelola.unduhan import BerkasPDF
from kampung_bahagia.wilayah.akun import (
	belum_bersandi,
	boleh_bertautan,
	buat_satu_akun,
	masa_slip,
	tautan_berakhir,
	tautan_sandi,
)
from kampung_bahagia.wilayah.doctype.penugasan.penugasan import periksa_hak

JABATAN_KELURAHAN = {"Lurah": "kelurahan", "Ketua RT": "rt", "Pendamping": "rt"}
JABATAN_PEMERIKSA = ("Lurah", "Pendamping")
TEMPLAT_SLIP = "kampung_bahagia/templates/cetak/slip_masuk.html"


class TidakAdaSlip(frappe.ValidationError):
	pass


@frappe.whitelist()
def daftar(kelurahan: str) -> dict:
	"""`nama` and `lurah` of the kelurahan, `rt`: each RT valid today with its `ketua` and `pendamping`.

	Terms in force or still to come. A term: penugasan, pengguna, nama, mulai, sampai, kelak (it has not begun), bersandi (they signed in or can),
	tanpa_nik (they check files, and a conflict of interest cannot be seen while no NIK of theirs is recorded).
	"""
	periksa_hak("read")
	masa = _masa_jabatan(kelurahan)
	rt = frappe.get_list(
		"RT",
		filters={"kelurahan": kelurahan, "berlaku_mulai": ["<=", nowdate()]},
		or_filters=[["berlaku_sampai", "is", "not set"], ["berlaku_sampai", ">=", nowdate()]],
		fields=["name", "judul", "nomor"],
		order_by="nomor asc",
		limit=0,
	)
	for satu in rt:
		satu.ketua = [m for m in masa if m.rt == satu.name and m.jabatan == "Ketua RT"]
		satu.pendamping = [m for m in masa if m.rt == satu.name and m.jabatan == "Pendamping"]
	return {
		"nama": frappe.db.get_value("Kelurahan", kelurahan, "nama"),
		"lurah": [m for m in masa if m.jabatan == "Lurah"],
		"rt": rt,
	}


def _masa_jabatan(kelurahan: str) -> list[frappe._dict]:
	p, rt, u = (frappe.qb.DocType(d) for d in ("Penugasan", "RT", "User"))
	hari = nowdate()
	masa = (
		frappe.qb.from_(p)
		.left_join(rt)
		.on(rt.name == p.rt)
		.left_join(u)
		.on(u.name == p.pengguna)
		.select(
			p.name.as_("penugasan"),
			p.jabatan,
			p.rt,
			p.pengguna,
			u.full_name.as_("nama"),
			p.mulai,
			p.sampai,
		)
		.where(((p.jabatan == "Lurah") & (p.kelurahan == kelurahan)) | (rt.kelurahan == kelurahan))
		.where(p.sampai.isnull() | (p.sampai >= hari))
		.orderby(p.mulai)
		.run(as_dict=True)
	)
	pejabat = {m.pengguna for m in masa}
	tanpa_sandi = belum_bersandi(pejabat)
	# of any term of theirs, as izin.benturan reads it
	ber_nik = set(
		frappe.get_all(
			"Penugasan",
			{"pengguna": ["in", sorted(pejabat)], "nik_samar": ["is", "set"]},
			pluck="pengguna",
			order_by="name",
		)
	)
	for m in masa:
		m.tanpa_nik = m.jabatan in JABATAN_PEMERIKSA and m.pengguna not in ber_nik
		m.kelak = getdate(m.mulai) > getdate(hari)
		m.bersandi = m.pengguna not in tanpa_sandi
	return masa


@frappe.whitelist(methods=["POST"])
def tunjuk(
	jabatan: str,
	wilayah: str | list,
	mulai: str,
	pengguna: str | None = None,
	sampai: str | None = None,
	dasar_hukum: str | None = None,
	nama: str | None = None,
	surel: str | None = None,
	no_hp: str | None = None,
) -> str:
	"""Appoint one person to an office in one or several areas (names of RT, or of the kelurahan); all or none.

	Without `pengguna` an account is made from nama and surel or no_hp. The user name comes back.
	"""
	periksa_hak("create")
	if jabatan not in JABATAN_KELURAHAN:
		frappe.throw(_("Jabatan ini tidak diatur per kelurahan."))
	satu_saja = isinstance(wilayah, str) and not wilayah.startswith("[")
	daerah = daftar_nama([wilayah] if satu_saja else wilayah, _("Pilih RT atau kelurahan yang dipimpin."))
	pengguna = pengguna or buat_satu_akun(nama, surel, no_hp)
	for satu in daerah:
		frappe.get_doc(
			{
				"doctype": "Penugasan",
				"pengguna": pengguna,
				"jabatan": jabatan,
				JABATAN_KELURAHAN[jabatan]: satu,
				"mulai": mulai,
				"sampai": sampai or None,
				"dasar_hukum": dasar_hukum,
			}
		).insert()
	return pengguna


@frappe.whitelist(methods=["POST"])
def ganti(
	penugasan: str,
	mulai: str,
	pengguna: str | None = None,
	sampai: str | None = None,
	dasar_hukum: str | None = None,
	nama: str | None = None,
	surel: str | None = None,
	no_hp: str | None = None,
) -> str:
	"""End a term the day before `mulai` and appoint the successor in the same office and area; both or neither."""
	lama = frappe.get_doc("Penugasan", penugasan)
	lama.check_permission("write")
	if getdate(mulai) <= getdate(lama.mulai):
		frappe.throw(
			_("Pengganti mulai paling cepat sehari sesudah pejabat sekarang mulai ({0}).").format(
				formatdate(lama.mulai)
			)
		)
	if not lama.sampai or getdate(lama.sampai) >= getdate(mulai):
		lama.sampai = add_days(mulai, -1)
		lama.save()
	return tunjuk(
		lama.jabatan,
		lama.get(JABATAN_KELURAHAN.get(lama.jabatan, "")) or "",
		mulai,
		pengguna,
		sampai,
		dasar_hukum,
		nama,
		surel,
		no_hp,
	)


@frappe.whitelist(methods=["POST"])
def akhiri(penugasan: str, sampai: str) -> None:
	"""Let a term end with the day `sampai`; one that has not begun is taken back."""
	doc = frappe.get_doc("Penugasan", penugasan)
	doc.check_permission("write")
	if getdate(doc.mulai) > getdate(nowdate()):
		doc.delete()
		return
	doc.sampai = sampai
	doc.save()


# --- sign-in slips ---------------------------------------------------------------------


@frappe.whitelist(methods=["POST"])
def slip_masuk(kelurahan: str) -> BerkasPDF:
	"""PDF with a slip for each official of the kelurahan whose account may be opened that way (`boleh_bertautan`).

	Each slip carries a link that sets the password once and expires; made again, the earlier ones stop
	working. Nothing of it is stored but the account's own key. Who has a password gets no slip: it would open
	someone else's account.
	"""
	periksa_hak("write")
	slip = susun_slip(kelurahan)
	if not slip:
		frappe.throw(
			_(
				"Tidak ada pejabat kelurahan ini yang memerlukan slip: sudah memiliki kata sandi (yang lupa memakai "
				"Lupa Kata Sandi), baru bertugas lebih dari {0} hari lagi, atau akunnya memegang jabatan atau peran "
				"lain (kata sandinya dibuatkan oleh Admin Kampung Bahagia)."
			).format(masa_slip()),
			TidakAdaSlip,
			title=_("Tidak ada slip"),
		)
	nama = frappe.db.get_value("Kelurahan", kelurahan, "nama")
	frappe.local.response.filename = f"slip-masuk-{frappe.scrub(nama).replace('_', '-')}.pdf"
	frappe.local.response.filecontent = halaman_ke_pdf(
		frappe.render_template(TEMPLAT_SLIP, {"slip": slip, "judul": _("Slip Masuk {0}").format(nama)})
	)
	frappe.local.response.type = "pdf"


def susun_slip(kelurahan: str) -> list[dict]:
	"""One slip per person, in the order of the RT."""
	slip: dict[str, dict] = {}
	d = daftar(kelurahan)
	susunan = [(m, _("Lurah {0}").format(d["nama"])) for m in d["lurah"]]
	for rt in d["rt"]:
		susunan += [(m, f"{m.jabatan} {rt.judul.removeprefix('RT ')}") for m in (*rt.ketua, *rt.pendamping)]
	boleh = boleh_bertautan({m.pengguna for m, _sebutan in susunan}) - {frappe.session.user}
	for m, sebutan in susunan:
		if m.pengguna not in boleh:
			continue
		slip.setdefault(m.pengguna, {"nama": m.nama, "pengguna": m.pengguna, "jabatan": []})[
			"jabatan"
		].append(sebutan)
	nomor = dict(
		frappe.get_all(
			"User", {"name": ["in", list(slip)]}, ["name", "mobile_no"], as_list=True, order_by="name"
		)
	)
	dengan_nomor = cint(frappe.db.get_single_value("System Settings", "allow_login_using_mobile_number"))
	for pengguna, satu in slip.items():
		satu["tautan"] = tautan_sandi(pengguna)
		satu["qr"] = qr_svg(satu["tautan"])
		satu["situs"] = get_url()
		satu["berlaku"] = waktu_indonesia(sebagai_wib(tautan_berakhir()))
		if dengan_nomor and tanpa_surel(pengguna) and nomor.get(pengguna):
			satu["pengguna"] = nomor[pengguna]
	return list(slip.values())


def qr_svg(teks: str) -> str:
	"""A QR code as the address of an inline picture."""
	gambar = BytesIO()
	pyqrcode.create(teks, error="M").svg(gambar, scale=4, quiet_zone=2, xmldecl=False)
	return "data:image/svg+xml;base64," + base64.b64encode(gambar.getvalue()).decode()
