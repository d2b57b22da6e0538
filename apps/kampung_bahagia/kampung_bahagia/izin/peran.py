"""Roles follow offices: a Penugasan gives its role, and its end takes the role away."""

from __future__ import annotations

from collections.abc import Collection

import frappe
from frappe import _
from frappe.cache_manager import clear_user_cache
from frappe.utils import now, nowdate

from kampung_bahagia.izin.cakupan import (
	JABATAN,
	MANTAN,
	baru_berakhir_pada,
	berlaku_pada,
	lupakan_penugasan,
	penugasan_berlaku,
	penugasan_lampau,
)
from kampung_bahagia.izin.pintu import PENGELOLA
from kampung_bahagia.setup.situs import PROFIL_KANTOR

PERAN = (*JABATAN, MANTAN)
BUKAN_PEJABAT = ("Administrator", "Guest")
KUNCI_HARI = "kb_peran_selaras_pada"


def selaraskan_peran(pengguna: Collection[str] | None = None) -> None:
	"""Give these users (None: everyone) exactly the office roles of the Penugasan in force today.

	Other roles stay. Two queries find the difference and only the users in it are written, with the role
	rows themselves: saving a User takes about a second, too long for 1,650 Ketua RT.
	"""
	lupakan_penugasan()
	if pengguna is not None and not pengguna:
		return
	seharusnya = _menurut_penugasan(pengguna)
	baris = _baris_peran(pengguna)
	dicabut = [b for b in baris if (b.parent, b.role) not in seharusnya]
	ditambah = sorted(seharusnya - {(b.parent, b.role) for b in baris})
	if dicabut:
		frappe.db.delete("Has Role", {"name": ["in", [b.name for b in dicabut]]})
	if ditambah:
		_beri(ditambah)
	kehilangan = {b.parent for b in dicabut}
	if berubah := kehilangan | {user for user, _peran in ditambah}:
		_lupakan(berubah, kehilangan)


def _menurut_penugasan(pengguna: Collection[str] | None) -> set[tuple[str, str]]:
	"""Pairs of user and role."""
	hari = nowdate()
	p, u = frappe.qb.DocType("Penugasan"), frappe.qb.DocType("User")

	def pasangan(syarat):
		q = frappe.qb.from_(p).join(u).on(u.name == p.pengguna).select(p.pengguna, p.jabatan).distinct()
		return (q.where(syarat & _milik(p.pengguna, pengguna))).run()

	hasil = set(pasangan(berlaku_pada(p, hari)))
	if (syarat := baru_berakhir_pada(p, hari)) is not None:
		hasil |= {(user, MANTAN) for user, _jabatan in pasangan(syarat)}
	return hasil


def _baris_peran(pengguna: Collection[str] | None) -> list[frappe._dict]:
	"""The rows that give office roles now: parent, role, name."""
	h = frappe.qb.DocType("Has Role")
	q = frappe.qb.from_(h).select(h.parent, h.role, h.name).where(h.parenttype == "User")
	return q.where(h.role.isin(PERAN) & _milik(h.parent, pengguna)).run(as_dict=True)


def _milik(kolom, pengguna: Collection[str] | None):
	"""Condition: one of these users; never Administrator or Guest, who hold no office."""
	syarat = kolom.notin(BUKAN_PEJABAT)
	return syarat if pengguna is None else syarat & kolom.isin(sorted(pengguna))


def _beri(pasangan: list[tuple[str, str]]) -> None:
	sisip_baris("Has Role", "roles", [(user, {"role": peran}) for user, peran in pasangan])
	pengguna = sorted({user for user, _peran in pasangan})
	frappe.db.set_value("User", {"name": ["in", pengguna]}, "user_type", "System User")
	pengelola = set(_induk("Has Role", pengguna, role=PENGELOLA))
	if kantor := [user for user in pengguna if user not in pengelola]:
		frappe.db.set_value("User", {"name": ["in", kantor]}, "module_profile", PROFIL_KANTOR)
		_blokir_modul(kantor)


def _blokir_modul(pengguna: list[str]) -> None:
	"""The rows that choosing the Module Profile on the User would copy."""
	punya = set(_induk("Block Module", pengguna))
	modul = frappe.get_all("Block Module", filters={"parent": PROFIL_KANTOR}, pluck="module", order_by="idx")
	sisip_baris(
		"Block Module",
		"block_modules",
		[(user, {"module": m}) for user in pengguna if user not in punya for m in modul],
	)


def _induk(doctype: str, pengguna: list[str], **nilai) -> list[str]:
	return frappe.get_all(
		doctype,
		filters={"parenttype": "User", "parent": ["in", pengguna], **nilai},
		pluck="parent",
		order_by="parent",
	)


def sisip_baris(doctype: str, kolom_tabel: str, baris: list[tuple[str, dict]], induk: str = "User") -> None:
	"""Rows of a table of `induk`, each (name of its document, values; the same keys in all), in one statement."""
	if not baris:
		return
	waktu, pelaku = now(), frappe.session.user
	kolom = list(baris[0][1])
	frappe.db.bulk_insert(
		doctype,
		[
			"name",
			"creation",
			"modified",
			"owner",
			"modified_by",
			"parent",
			"parenttype",
			"parentfield",
			*kolom,
		],
		[
			(
				frappe.generate_hash(length=10),
				waktu,
				waktu,
				pelaku,
				pelaku,
				nama,
				induk,
				kolom_tabel,
				*(nilai[k] for k in kolom),
			)
			for nama, nilai in baris
		],
	)


def _lupakan(berubah: set[str], kehilangan: set[str]) -> None:
	"""Caches of whom anything changed for, now and again once others can see it; sign-ins of who lost an office.

	The session at work stays: whoever ends an office of their own, and the first to come after midnight.
	"""
	s = frappe.qb.DocType("Sessions")
	sesi: list[str] = []
	if kehilangan:
		ini = frappe.session.sid or ""
		syarat = s.user.isin(sorted(kehilangan)) & (s.sid != ini)
		sesi = frappe.qb.from_(s).select(s.sid).where(syarat).run(pluck=True)
		frappe.qb.from_(s).delete().where(syarat).run()

	def kosongkan() -> None:
		for user in berubah:
			clear_user_cache(user)
		for sid in sesi:
			frappe.cache.hdel("session", sid)
		frappe.local.role_permissions = {}

	kosongkan()
	frappe.db.after_commit.add(kosongkan)


def selaraskan_semua() -> None:
	"""Every day at 00:02 WIB."""
	selaraskan_peran()
	frappe.cache.set_value(KUNCI_HARI, nowdate())


def selaraskan_hari_ini() -> None:
	"""Before each request: the first one of a day does what the nightly job does.

	Between midnight and that job, or with a scheduler that stands still for days, nobody keeps a role whose
	term is over, and a successor need not wait. Costs one look into Redis.
	"""
	if frappe.cache.get_value(KUNCI_HARI) == nowdate() or frappe.flags.read_only:
		return
	kunci = f"{frappe.conf.db_name}.{KUNCI_HARI}"
	if not frappe.db.sql("select get_lock(%s, 0)", kunci)[0][0]:
		return  # another request is at it
	try:
		selaraskan_semua()
		frappe.db.commit()  # a request that only reads would undo it
	finally:
		frappe.db.sql("select release_lock(%s)", kunci)


def cabut_tanpa_dasar() -> None:
	"""Hook `auth_hooks`, at every request: an office role that no Penugasan gives opens nothing.

	Whatever it came by: a row of Has Role, a Role Profile, a data import, a restored backup. Costs what the
	request asks for anyway, the roles and offices of its caller.
	"""
	user = frappe.session.user
	if user in BUKAN_PEJABAT or frappe.flags.read_only:
		return
	dipegang = set(PERAN).intersection(frappe.get_roles())
	if not dipegang:
		return
	dasar = {p.jabatan for p in penugasan_berlaku(user)}
	if penugasan_lampau(user):
		dasar.add(MANTAN)
	if dipegang - dasar:
		selaraskan_peran([user])
		frappe.db.commit()  # a request that only reads would undo it


def periksa_peran_user(doc, method: str | None = None) -> None:
	"""Hook `validate` of User: of the office roles, those that Penugasan gives; tells who saves it."""
	if doc.name in BUKAN_PEJABAT:
		return
	dasar = {peran for _user, peran in _menurut_penugasan([doc.name])}
	diminta = {baris.role for baris in doc.roles}.intersection(PERAN)
	_tanpa_pengelola_pertama(doc)
	doc.roles = [baris for baris in doc.roles if baris.role not in diminta - dasar]
	doc.append_roles(*sorted(dasar - diminta))
	if lebih := sorted(diminta - dasar):
		frappe.msgprint(
			_(
				"Peran {0} tidak diberikan kepada {1}: peran jabatan hanya berlaku melalui Penugasan. Buat "
				"Penugasan untuk akun ini."
			).format(", ".join(frappe.bold(_(peran)) for peran in lebih), frappe.bold(doc.name)),
			title=_("Peran mengikuti Penugasan"),
			indicator="orange",
		)


def _tanpa_pengelola_pertama(doc) -> None:
	"""The framework makes a desk user who is saved its administrator while a site has no other: an official who
	changes nothing but their own picture would run the site. Only who runs it makes another."""
	if frappe.session.user == "Administrator" or PENGELOLA in frappe.get_roles():
		return
	semula = doc.get_doc_before_save()
	if not semula or PENGELOLA not in {baris.role for baris in semula.roles}:
		doc.roles = [baris for baris in doc.roles if baris.role != PENGELOLA]
