"""Bulk approval: any number of files, in the background, with a verdict on each.

Each file goes through the same door as a single step (`apply_workflow`), so that each meets every check. Files
share a transaction for a moment only, and one that is refused takes nothing else with it.
"""

from __future__ import annotations

import time

import frappe
from frappe import _
from frappe.model import workflow
from frappe.utils import CallbackManager, add_to_date, now_datetime, strip_html_tags

from kampung_bahagia.izin.beralur import BERALUR
from kampung_bahagia.izin.cakupan import lupakan_penugasan, sebagai_sql
from kampung_bahagia.izin.dokumen import AKSI_BERALASAN
from kampung_bahagia.tata_kelola.isian import daftar_nama

MASSAL, BARIS = "Keputusan Massal", "Baris Keputusan Massal"
# seconds: the ledger's head stays locked while a transaction is open, and others decide meanwhile
TRANSAKSI_TERLAMA = 0.3
TERHENTI_SETELAH = 2  # minutes without progress
PERCOBAAN = 3


@frappe.whitelist(methods=["POST"])
def bulk_workflow_approval(docnames: str | list, doctype: str, action: str) -> dict | None:
	"""The framework's door for the list's menu of actions; see `putuskan`."""
	if doctype not in BERALUR:
		return workflow.bulk_workflow_approval(frappe.as_json(_berkas_dipilih(docnames)), doctype, action)
	return putuskan(doctype, docnames, action)


@frappe.whitelist(methods=["POST"])
def putuskan(doctype: str, docnames: str | list, aksi: str, alasan: str | None = None) -> dict[str, object]:
	"""Take the action `aksi` on each of the files `docnames`, in the background, as the user who asks.

	Returns `name` of the Keputusan Massal that gathers the verdicts, and `jumlah` of files. `alasan` is written on
	each file. Raises ValidationError when there is no file, no such action, or no reason where one is needed.
	"""
	nama = _berkas_dipilih(docnames)
	if doctype not in BERALUR or not frappe.has_permission(doctype, "write"):
		frappe.throw(_("Tindakan ini tidak tersedia bagi Anda."), frappe.PermissionError)
	if not nama:
		frappe.throw(_("Pilih paling sedikit satu berkas."))
	if aksi not in {t.action for t in workflow.get_workflow(doctype).transitions}:
		frappe.throw(_("{0} bukan tindakan pada {1}.").format(frappe.bold(aksi), _(doctype)))
	if aksi in AKSI_BERALASAN and not (alasan or "").strip():
		frappe.throw(_("Tulis alasan untuk {0}.").format(frappe.bold(_(aksi))))
	massal = frappe.get_doc(
		{
			"doctype": MASSAL,
			"jenis_berkas": doctype,
			"aksi": aksi,
			"alasan": alasan,
			"jumlah": len(nama),
			"baris": [{"berkas": n} for n in nama],
		}
	)
	massal.flags.oleh_sistem = True
	massal.insert(ignore_permissions=True)
	frappe.enqueue(kerjakan, queue="long", timeout=6 * 3600, nama=massal.name, enqueue_after_commit=True)
	return {"name": massal.name, "jumlah": len(nama)}


def _berkas_dipilih(docnames: str | list) -> list[str]:
	return daftar_nama(docnames, _("Daftar berkas tidak dikenali. Pilih berkas pada daftar, lalu ulangi."))


def daftar_baris(user: str | None = None) -> str:
	"""List hook of the verdicts: those that one has asked for."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	baris, massal = frappe.qb.DocType(BARIS), frappe.qb.DocType(MASSAL)
	milik = frappe.qb.from_(massal).select(massal.name).where(massal.owner == user)
	return sebagai_sql(baris.parent.isin(milik))


def lanjutkan_yang_terhenti() -> None:
	"""Every few minutes: go on with what a worker left undone when it was killed."""
	for nama in frappe.get_all(
		MASSAL,
		filters={
			"status": ["!=", "Selesai"],
			"modified": ["<", add_to_date(now_datetime(), minutes=-TERHENTI_SETELAH)],
		},
		pluck="name",
		order_by="creation",
	):
		frappe.enqueue(kerjakan, queue="long", timeout=6 * 3600, nama=nama)


def kerjakan(nama: str) -> None:
	"""Work off the files of a Keputusan Massal that have no verdict yet. One worker at a time does."""
	# freed by the database itself when the worker dies
	if frappe.db.sql("SELECT GET_LOCK(%s, 0)", f"{frappe.conf.db_name}.{nama}") != ((1,),):
		return
	semula = frappe.session.user
	try:
		massal = frappe.get_doc(MASSAL, nama)
		frappe.set_user(massal.owner)
		belum = [b for b in massal.baris if not b.hasil]
		while belum and frappe.db.get_value("User", massal.owner, "enabled"):
			belum = belum[_sebagian(massal, belum) :]
		for baris in belum:
			_tulis(baris, "Ditolak", _("Akun Anda tidak aktif lagi."))
		_simpan_hasil(belum)
		_catat_kemajuan(massal, "Selesai")
		frappe.db.commit()
	finally:
		frappe.set_user(semula)
		frappe.db.sql("SELECT RELEASE_LOCK(%s)", f"{frappe.conf.db_name}.{nama}")


def _sebagian(massal, belum: list) -> int:
	"""Decide on the first of `belum` in one transaction, as many as its time allows; how many they were."""
	lupakan_penugasan()  # an office may have ended while the files before were decided
	mulai = time.monotonic()
	selesai = 0
	try:
		for baris in belum:
			_putuskan_satu(massal, baris)
			selesai += 1
			if time.monotonic() - mulai > TRANSAKSI_TERLAMA:
				break
		_simpan_hasil(belum[:selesai])
		_catat_kemajuan(massal, "Berjalan")
		frappe.db.commit()
	except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
		# the database has taken the whole transaction back: one file at a time, then
		frappe.db.rollback()
		selesai = 1
		_putuskan_sendiri(massal, belum[0])
	return selesai


def _putuskan_sendiri(massal, baris) -> None:
	for kali in range(1, PERCOBAAN + 1):
		try:
			_putuskan_satu(massal, baris)
			break
		except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
			frappe.db.rollback()
			if kali == PERCOBAAN:
				_tulis(baris, "Ditolak", _("Berkas sedang dipakai orang lain. Ulangi tindakan ini."))
	_simpan_hasil([baris])
	_catat_kemajuan(massal, "Berjalan")
	frappe.db.commit()


def _putuskan_satu(massal, baris) -> None:
	# what is on disk the framework takes back with a whole transaction only, and knows nothing of savepoints
	semua, satu_ini = frappe.db.after_rollback, CallbackManager()
	semua.add(satu_ini.run)
	frappe.db.after_rollback = satu_ini
	frappe.db.savepoint("berkas")
	frappe.clear_messages()
	kabar = list(getattr(frappe.local, "_realtime_log", ()))
	try:
		berkas = {"doctype": massal.jenis_berkas, "name": baris.berkas}
		if massal.alasan:
			doc = frappe.get_doc(berkas["doctype"], berkas["name"])
			if massal.aksi not in {t.action for t in workflow.get_transitions(doc)}:
				raise workflow.WorkflowTransitionError
			doc.alasan = massal.alasan
			doc.save()
		workflow.apply_workflow(berkas, massal.aksi)
	except (frappe.QueryDeadlockError, frappe.QueryTimeoutError):
		raise
	except Exception as galat:
		frappe.db.rollback(save_point="berkas")
		dikabarkan = hasattr(frappe.local, "_realtime_log")
		satu_ini.run()
		if dikabarkan:  # it goes with this one's own callbacks, and the end of the transaction asks for it
			frappe.local._realtime_log = kabar
		_tulis(baris, "Ditolak", _keterangan(galat, massal, baris.berkas))
	else:
		_tulis(baris, "Berhasil", None)
	finally:
		frappe.db.after_rollback = semua
		frappe.clear_messages()


def _keterangan(galat: Exception, massal, berkas: str) -> str:
	if isinstance(galat, workflow.WorkflowTransitionError):
		return _("Berkas berstatus {0}: {1} tidak tersedia, atau bukan kewenangan Anda.").format(
			_(frappe.db.get_value(massal.jenis_berkas, berkas, "status")), _(massal.aksi)
		)
	if isinstance(galat, frappe.DoesNotExistError):
		return _("Berkas tidak ditemukan.")
	if isinstance(galat, frappe.PermissionError | frappe.ValidationError):
		return strip_html_tags(str(galat).replace("<li>", " • ")) or _("Bukan kewenangan Anda.")
	catatan = frappe.log_error(title="Keputusan Massal")
	return _("Terjadi kesalahan pada sistem, dicatat dengan nomor {0}.").format(catatan.name)


def _tulis(baris, hasil: str, pesan: str | None) -> None:
	baris.hasil, baris.pesan = hasil, pesan


def _simpan_hasil(semua: list) -> None:
	"""Write the verdicts, one statement for all rows of one verdict."""
	t = frappe.qb.DocType(BARIS)
	for hasil, pesan in {(b.hasil, b.pesan) for b in semua}:
		nama = [b.name for b in semua if (b.hasil, b.pesan) == (hasil, pesan)]
		frappe.qb.update(t).set(t.hasil, hasil).set(t.pesan, pesan).where(t.name.isin(nama)).run()


def _catat_kemajuan(massal, status: str) -> None:
	nilai = {
		"status": status,
		"berhasil": sum(b.hasil == "Berhasil" for b in massal.baris),
		"ditolak": sum(b.hasil == "Ditolak" for b in massal.baris),
	}
	frappe.db.set_value(MASSAL, massal.name, nilai)
