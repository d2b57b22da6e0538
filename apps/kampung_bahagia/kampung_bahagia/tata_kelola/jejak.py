"""Writing, guarding, proving and telling the ledger of decisions (Jejak Keputusan)."""

from __future__ import annotations

from collections.abc import Iterator

import frappe
from frappe import _
from frappe.model import no_value_fields, table_fields
from frappe.utils import cint, flt, get_datetime, get_fullname, getdate, now_datetime
from pypika import Table
from pypika.terms import Criterion, ValueWrapper

from kampung_bahagia.aturan.rantai import BEBAS, periksa_rantai, sidik, sidik_entri
from kampung_bahagia.aturan.tanggal import waktu_indonesia
from kampung_bahagia.izin.beralur import BERALUR
from kampung_bahagia.tata_kelola.jembatan import waktu_wib

JEJAK = "Jejak Keputusan"
KEPALA = "jejak_keputusan_kepala"  # one row: number and hash of the newest entry
ISI = (
	"urutan",
	"rujukan_doctype",
	"rujukan_nama",
	"dari",
	"ke",
	"aksi",
	"pengguna",
	"nama_pejabat",
	"jabatan",
	"penugasan",
	"rt",
	"kelurahan",
	"kecamatan",
	"waktu",
	"alasan",
	"hash_dokumen",
)
SEKALI_BACA = 5000
BOLEH_DIHAPUS = ("Draf", "Disiapkan")  # states in which a file may still be deleted (izin/dokumen.py)
KALIMAT = """<b>{{ _(j.aksi) | e }}</b> {{ _("oleh") }} {{ j.nama_pejabat | e }}
{%- if j.jabatan %} ({{ _(j.jabatan) | e }}){% endif %}, {{ waktu }}
<div class="text-muted">{{ _("Status") }}: {% if j.dari and j.dari != j.ke %}{{ _(j.dari) | e }} → {% endif %}{{ _(j.ke) | e }}</div>
{% if j.alasan %}<div>{{ _("Alasan") }}: {{ j.alasan | e }}</div>{% endif %}"""
PENJAGA = ("jejak_isi_sesuai_sidik", "jejak_bersambung", "jejak_berkepala")
PEMBACA = {
	"Date": getdate,
	"Datetime": get_datetime,
	"Int": cint,
	"Check": cint,
	"Currency": flt,
	"Float": flt,
	"Percent": flt,
}


def catat(doc, *, aksi: str, dari: str | None, jabatan: str | None, penugasan: str | None) -> int:
	"""Add the step that `doc` has just taken, in the same transaction; the number of the entry.

	The head's row stays locked until that transaction ends: two steps at the same moment follow one another in
	the chain, and a step that is rolled back leaves no gap. So this comes last in a save.
	"""
	kepala, jejak = frappe.qb.Table(KEPALA), frappe.qb.DocType(JEJAK)
	((nomor, hash_sebelum),) = frappe.qb.from_(kepala).select(kepala.urutan, kepala.hash).for_update().run()
	user = frappe.session.user
	entri = {
		"urutan": nomor + 1,
		"rujukan_doctype": doc.doctype,
		"rujukan_nama": doc.name,
		"dari": dari,
		"ke": doc.status,
		"aksi": aksi,
		"pengguna": user,
		"nama_pejabat": _("Pelapor tanpa akun") if user == "Guest" else get_fullname(user),
		"jabatan": jabatan,
		"penugasan": penugasan,
		"rt": doc.get("rt"),
		"kelurahan": doc.get("kelurahan"),
		"kecamatan": doc.get("kecamatan"),
		"waktu": now_datetime(),
		"alasan": doc.get("alasan"),
		"hash_dokumen": sidik_dokumen(doc),
	}
	entri |= {"hash_sebelum": hash_sebelum, "hash": sidik_entri(entri, hash_sebelum)}
	nilai = {
		"name": str(nomor + 1),
		"owner": user,
		"modified_by": user,
		"creation": entri["waktu"],
		"modified": entri["waktu"],
		**entri,
	}
	frappe.qb.into(jejak).columns(*nilai).insert(*nilai.values()).run()
	frappe.qb.update(kepala).set(kepala.urutan, nomor + 1).set(kepala.hash, entri["hash"]).run()
	return nomor + 1


def alasan_masuk(doc, status: str) -> str | None:
	"""The reason by which `doc` came last into the state `status`, as it was written in the ledger."""
	berkas = {"rujukan_doctype": doc.doctype, "rujukan_nama": doc.name, "ke": status}
	return frappe.db.get_value("Jejak Keputusan", berkas, "alasan", order_by="urutan desc")


def berpindah(jejak: Table) -> Criterion:
	"""Condition over the ledger: the entry brought its file into another state, and did not only note something."""
	return jejak.dari.isnull() | (jejak.dari != jejak.ke)


def sidik_dokumen(doc) -> str:
	"""SHA-256 over what the document and the rows of its tables say, the same in memory and read back later."""
	return sidik([doc.doctype, doc.name, _isi(doc)])


def _isi(doc) -> dict[str, object]:
	isi: dict[str, object] = {"docstatus": cint(doc.docstatus)}
	for df in doc.meta.fields:
		nilai = doc.get(df.fieldname)
		if df.fieldtype in table_fields:
			isi[df.fieldname] = [_isi(baris) for baris in nilai or []]
		elif df.fieldtype in (*no_value_fields, "Password") or df.get("is_virtual"):
			continue
		elif nilai not in (None, ""):
			isi[df.fieldname] = PEMBACA.get(df.fieldtype, str)(nilai)
	return isi


def pasang_penjaga() -> None:
	"""Let the database itself refuse to change or delete an entry. Whole again on each migrate.

	A row must agree with its hash, the next row and the head refer to that hash: so no content can change, no
	row go, and the table cannot be emptied, by whatever door the statement comes. Constraints and not triggers,
	because a trigger carries the name of the user who made it, and a backup with one cannot be restored into
	another database. No grant helps: a site's database user owns its tables.
	"""
	ada = penjaga_terpasang()
	if "jejak_isi_sesuai_sidik" not in ada:
		isi = ", ".join(
			f"SHA2(COALESCE(`{k}`, ''), 256)" if k in BEBAS else f"COALESCE(`{k}`, '')" for k in ISI
		)
		frappe.db.sql_ddl(
			f"""ALTER TABLE `tab{JEJAK}` ADD CONSTRAINT `jejak_isi_sesuai_sidik` CHECK (
				`hash` = SHA2(CONCAT_WS('\n', COALESCE(`hash_sebelum`, ''), {isi}), 256)
				AND `name` = `urutan` AND `owner` = `pengguna` AND `modified_by` = `pengguna`
				AND `creation` = `waktu` AND `modified` = `waktu`)"""
		)
	if "jejak_bersambung" not in ada:
		frappe.db.sql_ddl(
			f"""ALTER TABLE `tab{JEJAK}` ADD CONSTRAINT `jejak_bersambung`
				FOREIGN KEY (`hash_sebelum`) REFERENCES `tab{JEJAK}` (`hash`)"""
		)
	frappe.db.sql_ddl(
		f"""CREATE TABLE IF NOT EXISTS `{KEPALA}` (
			`satu` TINYINT NOT NULL PRIMARY KEY CHECK (`satu` = 1),
			`urutan` INT NOT NULL,
			`hash` VARCHAR(64) COLLATE utf8mb4_unicode_ci
		) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4"""
	)
	if "jejak_berkepala" not in ada:
		frappe.db.sql_ddl(
			f"""ALTER TABLE `{KEPALA}` ADD CONSTRAINT `jejak_berkepala`
				FOREIGN KEY (`hash`) REFERENCES `tab{JEJAK}` (`hash`)"""
		)
	kepala = frappe.qb.Table(KEPALA)
	if not frappe.qb.from_(kepala).select(kepala.satu).run():
		jejak = frappe.qb.DocType(JEJAK)
		akhir = (
			frappe.qb.from_(jejak)
			.select(jejak.urutan, jejak.hash)
			.orderby(jejak.urutan, order=frappe.qb.desc)
		)
		urutan, hash_akhir = (akhir.limit(1).run() or ((0, None),))[0]
		frappe.qb.into(kepala).insert(1, urutan, hash_akhir).run()


def lepas_penjaga() -> None:
	"""Before the app is removed from a site: let the table go, which the guards would refuse.

	The framework asks this for a trial too, so that nothing is dropped that a step needs; the next migrate puts
	the guards back.
	"""
	if "jejak_berkepala" in penjaga_terpasang():
		frappe.db.sql_ddl(f"ALTER TABLE `{KEPALA}` DROP FOREIGN KEY `jejak_berkepala`")


def umumkan_kepala() -> None:
	"""Every day: write number and hash of the newest entry to the site's log `jejak.log`, outside the database.

	Who may write to the database with any statement can rewrite the newest entries together with their head;
	only a head that was noted elsewhere shows it.
	"""
	kepala = frappe.qb.Table(KEPALA)
	((urutan, hash_kepala),) = frappe.qb.from_(kepala).select(kepala.urutan, kepala.hash).run()
	logger = frappe.logger("jejak", allow_site=True)
	logger.setLevel("INFO")
	logger.info(f"{urutan} {hash_kepala}")


def penjaga_terpasang() -> set[str]:
	t = frappe.qb.Schema("information_schema").TABLE_CONSTRAINTS
	return set(
		frappe.qb.from_(t)
		.select(t.CONSTRAINT_NAME)
		.where(ValueWrapper(frappe.conf.db_name) == t.CONSTRAINT_SCHEMA)
		.where(t.CONSTRAINT_NAME.isin(PENJAGA))
		.run(pluck=True)
	)


def buktikan() -> dict[str, object]:
	"""Prove the ledger: `bench --site SITUS execute kampung_bahagia.tata_kelola.jejak.buktikan`.

	Walks the whole chain, compares its length with the counter, each file's state with its last entry, and
	looks whether the database guards it. Returns (and the command prints) `utuh`, `catatan` (how many), `kepala` (the last
	hash: kept elsewhere, it proves that nothing was cut off later), `putus` (number and cause of the first
	broken link), `menyimpang` (files whose state no entry explains), `penjaga_tidak_terpasang`.
	"""
	putus = periksa_rantai(_baca())
	kepala = frappe.qb.Table(KEPALA)
	((jumlah, hash_kepala),) = frappe.qb.from_(kepala).select(kepala.urutan, kepala.hash).run()
	jejak = frappe.qb.DocType(JEJAK)
	terakhir = frappe.qb.from_(jejak).select(jejak.hash).where(jejak.urutan == jumlah).run(pluck=True)
	sebab = putus and f"Catatan {putus.urutan}: {putus.sebab}."
	if not sebab and jumlah != frappe.db.count(JEJAK):
		sebab = f"Jumlah catatan tidak sama dengan kepala rantai, yaitu {jumlah}."
	elif not sebab and jumlah and terakhir != [hash_kepala]:
		sebab = f"Catatan {jumlah}: sidiknya tidak sama dengan kepala rantai."
	menyimpang = list(_menyimpang())
	penjaga = sorted(set(PENJAGA) - penjaga_terpasang())
	return {
		"utuh": not (sebab or menyimpang or penjaga),
		"catatan": jumlah,
		"kepala": hash_kepala,
		"putus": sebab,
		"menyimpang": menyimpang,
		"penjaga_tidak_terpasang": penjaga,
	}


def _baca() -> Iterator[dict]:
	jejak = frappe.qb.DocType(JEJAK)
	nomor = -1
	while baris := (
		frappe.qb.from_(jejak)
		.select(*ISI, "hash_sebelum", "hash")
		.where(jejak.urutan > nomor)
		.orderby(jejak.urutan)
		.limit(SEKALI_BACA)
		.run(as_dict=True)
	):
		yield from baris
		nomor = baris[-1].urutan


def _menyimpang() -> Iterator[str]:
	"""Files whose state is not the one that their last entry brought them to, and decided files that are gone."""
	jejak = frappe.qb.DocType(JEJAK)
	for doctype in BERALUR:
		berkas = frappe.qb.DocType(doctype)
		terakhir = (
			frappe.qb.from_(jejak)
			.select(frappe.query_builder.functions.Max(jejak.urutan).as_("urutan"))
			.where(jejak.rujukan_doctype == doctype)
			.groupby(jejak.rujukan_nama)
		)
		for nama, status, ke in (
			frappe.qb.from_(berkas)
			.left_join(jejak)
			.on((jejak.rujukan_nama == berkas.name) & jejak.urutan.isin(terakhir))
			.select(berkas.name, berkas.status, jejak.ke)
			.where(jejak.ke.isnull() | (jejak.ke != berkas.status))
			.orderby(berkas.name)
			.run()
		):
			yield f"{doctype} {nama}: berstatus {status}, menurut jejak {ke or 'tidak tercatat'}"
		for nama, ke in (
			frappe.qb.from_(jejak)
			.left_join(berkas)
			.on(berkas.name == jejak.rujukan_nama)
			.select(jejak.rujukan_nama, jejak.ke)
			.where((jejak.rujukan_doctype == doctype) & jejak.urutan.isin(terakhir) & berkas.name.isnull())
			.where(jejak.ke.notin(BOLEH_DIHAPUS))
			.orderby(jejak.rujukan_nama)
			.run()
		):
			yield f"{doctype} {nama}: tidak ada lagi, menurut jejak {ke}"


def riwayat(doctype: str, name: str) -> list[dict[str, object]]:
	"""The decisions on a file for the form's timeline: `creation` and `content` (HTML), in plain words.

	The framework asks for it only after it has checked that the file may be read.
	"""
	return [
		{
			"icon": "branch",
			"creation": j.waktu,
			"content": frappe.render_template(
				KALIMAT, {"j": j, "waktu": waktu_indonesia(waktu_wib(j.waktu))}
			),
		}
		for j in frappe.get_all(
			JEJAK,
			filters={"rujukan_doctype": doctype, "rujukan_nama": name},
			fields=["aksi", "dari", "ke", "nama_pejabat", "jabatan", "waktu", "alasan"],
			order_by="urutan",
		)
	]
