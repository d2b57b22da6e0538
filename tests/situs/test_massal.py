"""One action on many files: each gets its own verdict, nothing is lost and nothing done twice."""

from pathlib import Path

import frappe
import pytest
from frappe.model import workflow
from frappe.realtime import publish_realtime

from kampung_bahagia.izin import massal
from kampung_bahagia.tata_kelola import resmi
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai


@pytest.fixture(autouse=True)
def antrian(monkeypatch) -> list[str]:
	"""Names that were handed to the workers."""
	terkirim: list[str] = []
	monkeypatch.setattr(frappe, "enqueue", lambda *args, nama=None, **kwargs: nama and terkirim.append(nama))
	return terkirim


@pytest.fixture
def tanpa_commit(monkeypatch, k):
	"""What a worker commits would outlive the test."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)


def diajukan(k, doc):
	return langkah(doc, k.ketua, "Ajukan")


def putuskan(
	user: str, berkas: list[str], aksi: str, alasan: str | None = None, *, doctype: str = "Kegiatan"
):
	"""Ask as `user` and let the worker do it; the Keputusan Massal."""
	with sebagai(user):
		nama = massal.putuskan(doctype, berkas, aksi, alasan)["name"]
	massal.kerjakan(nama)
	return frappe.get_doc("Keputusan Massal", nama)


def status(nama: str) -> str:
	return frappe.db.get_value("Kegiatan", nama, "status")


@pytest.mark.usefixtures("tanpa_commit")
def test_each_file_gets_its_own_verdict(k, disusun, disetujui):
	boleh = diajukan(k, disusun).name
	hasil = putuskan(k.lurah, [boleh, disetujui.name, "KGT-TIDAK-ADA"], "Verifikasi")
	assert [(b.berkas, b.hasil) for b in hasil.baris] == [
		(boleh, "Berhasil"),
		(disetujui.name, "Ditolak"),
		("KGT-TIDAK-ADA", "Ditolak"),
	]
	assert (hasil.status, hasil.jumlah, hasil.berhasil, hasil.ditolak) == ("Selesai", 3, 1, 2)
	assert "berstatus Disetujui DPMPPA: Verifikasi tidak tersedia" in hasil.baris[1].pesan
	assert hasil.baris[2].pesan == "Berkas tidak ditemukan."
	assert (status(boleh), status(disetujui.name)) == ("Diverifikasi Lurah", "Disetujui DPMPPA")


@pytest.mark.usefixtures("tanpa_commit")
def test_a_file_of_another_area_is_refused_and_the_next_goes_on(k, disusun):
	boleh = diajukan(k, disusun).name
	asing = putuskan(k.lurah_lain, [boleh], "Verifikasi")
	assert (asing.berhasil, asing.ditolak, status(boleh)) == (0, 1, "Diajukan")
	assert putuskan(k.lurah, [boleh], "Verifikasi").berhasil == 1


@pytest.mark.usefixtures("tanpa_commit")
def test_who_made_the_file_does_not_check_it_in_bulk_either(k, disusun):
	doc = diajukan(k, disusun)
	pabrik.penugasan(k.ketua, "DPMPPA")
	langkah(doc, k.lurah, "Verifikasi")
	hasil = putuskan(k.ketua, [doc.name], "Setujui")
	assert "Self approval" in hasil.baris[0].pesan or "pejabat lain" in hasil.baris[0].pesan
	assert status(doc.name) == "Diverifikasi Lurah"


@pytest.mark.usefixtures("tanpa_commit")
def test_the_reason_is_written_on_each_file(k, disusun):
	doc = diajukan(k, disusun)
	putuskan(k.lurah, [doc.name], "Kembalikan", "RAB belum lengkap")
	assert frappe.db.get_value("Kegiatan", doc.name, ["status", "alasan"]) == (
		"Dikembalikan",
		"RAB belum lengkap",
	)


@pytest.mark.usefixtures("tanpa_commit")
def test_a_reason_on_a_file_in_another_state_is_refused_for_its_state(k, disetujui):
	(baris,) = putuskan(k.lurah, [disetujui.name], "Kembalikan", "RAB belum lengkap").baris
	assert "berstatus Disetujui DPMPPA: Kembalikan tidak tersedia" in baris.pesan


@pytest.mark.usefixtures("tanpa_commit")
def test_a_disabled_account_decides_nothing_more(k, disusun):
	doc = diajukan(k, disusun)
	frappe.db.set_value("User", k.lurah, "enabled", 0)
	hasil = putuskan(k.lurah, [doc.name], "Verifikasi")
	assert (hasil.status, [b.pesan for b in hasil.baris]) == ("Selesai", ["Akun Anda tidak aktif lagi."])
	assert status(doc.name) == "Diajukan"


@pytest.mark.usefixtures("tanpa_commit")
def test_a_refused_file_keeps_no_reason(k, disusun):
	doc = diajukan(k, disusun)
	putuskan(k.dpmppa, [doc.name], "Kembalikan", "Bukan giliran saya")
	assert frappe.db.get_value("Kegiatan", doc.name, "alasan") is None


def tertanda() -> set[str]:
	"""Files on disk that a signature may have left."""
	return {satu.name for satu in Path(frappe.get_site_path("private", "files")).glob("SK-*")}


@pytest.fixture
def sk_elektronik(k, disetujui, monkeypatch) -> str:
	monkeypatch.setitem(frappe.local.conf, "host_name", "https://kampung.example")
	with sebagai(k.ketua):
		sk = {"doctype": "Surat Keputusan", "kegiatan": disetujui.name, "cara_tanda_tangan": "Elektronik"}
		return frappe.get_doc(sk).insert().name


@pytest.mark.usefixtures("tanpa_commit")
def test_a_decree_that_is_refused_after_it_was_signed_leaves_no_signed_file(k, sk_elektronik, monkeypatch):
	ada = []

	def gagal(*args, **kwargs):
		ada.extend(tertanda() - semula)
		frappe.throw("tidak jadi")

	semula = tertanda()
	monkeypatch.setattr(resmi, "terbitkan", gagal)
	(baris,) = putuskan(k.ketua, [sk_elektronik], "Tetapkan", doctype="Surat Keputusan").baris
	assert (baris.hasil, baris.pesan, len(ada)) == ("Ditolak", "tidak jadi", 1)
	assert tertanda() == semula


@pytest.mark.usefixtures("tanpa_commit")
def test_a_signed_file_goes_with_the_whole_transaction_and_stays_without(k, sk_elektronik):
	semula = tertanda()
	assert putuskan(k.ketua, [sk_elektronik, "SK-X"], "Tetapkan", doctype="Surat Keputusan").berhasil == 1
	assert len(tertanda() - semula) == 1
	frappe.db.after_rollback.run()
	assert tertanda() == semula


@pytest.mark.parametrize(
	("berkas", "aksi", "alasan", "kata"),
	[
		([], "Verifikasi", None, "paling sedikit satu"),
		(["x"], "Kembalikan", " ", "Tulis alasan"),
		(["x"], "Terbangkan", None, "bukan tindakan"),
		("5", "Verifikasi", None, "tidak dikenali"),
		("abc", "Verifikasi", None, "tidak dikenali"),
		({"a": 1}, "Verifikasi", None, "tidak dikenali"),
		([None], "Verifikasi", None, "tidak dikenali"),
	],
)
def test_what_cannot_be_done_is_refused_at_once(k, antrian, berkas, aksi, alasan, kata):
	with sebagai(k.lurah), pytest.raises(frappe.ValidationError, match=kata):
		massal.putuskan("Kegiatan", berkas, aksi, alasan)
	assert antrian == []


def test_who_holds_no_office_asks_for_nothing(k, antrian):
	with sebagai(pabrik.pengguna("tanpa-jabatan")), pytest.raises(frappe.PermissionError):
		massal.putuskan("Kegiatan", ["x"], "Verifikasi")
	assert antrian == []


@pytest.mark.usefixtures("tanpa_commit")
def test_the_framework_s_own_door_leads_here(k, disusun, antrian):
	doc = diajukan(k, disusun)
	metode = frappe.get_hooks("override_whitelisted_methods")["frappe.model.workflow.bulk_workflow_approval"][
		-1
	]
	with sebagai(k.lurah):
		hasil = frappe.call(
			metode, docnames=frappe.as_json([doc.name]), doctype="Kegiatan", action="Verifikasi"
		)
	assert antrian == [hasil["name"]]


@pytest.mark.usefixtures("tanpa_commit")
def test_what_a_killed_worker_left_is_taken_up_where_it_stopped(k, disusun, disetujui, antrian):
	doc = diajukan(k, disusun)
	with sebagai(k.lurah):
		nama = massal.putuskan("Kegiatan", [disetujui.name, doc.name], "Verifikasi")["name"]
	pertama = frappe.get_doc("Keputusan Massal", nama).baris[0]
	frappe.db.set_value("Baris Keputusan Massal", pertama.name, {"hasil": "Ditolak", "pesan": "sudah"})
	frappe.db.set_value(
		"Keputusan Massal", nama, {"status": "Berjalan", "modified": "2026-01-01"}, update_modified=False
	)
	antrian.clear()
	massal.lanjutkan_yang_terhenti()
	assert antrian == [nama]
	massal.kerjakan(nama)
	hasil = frappe.get_doc("Keputusan Massal", nama)
	assert [(b.hasil, b.pesan) for b in hasil.baris] == [("Ditolak", "sudah"), ("Berhasil", None)]
	antrian.clear()
	massal.lanjutkan_yang_terhenti()
	assert antrian == []


@pytest.mark.usefixtures("tanpa_commit")
def test_two_workers_do_not_work_on_the_same(k, situs, disusun):
	doc = diajukan(k, disusun)
	with sebagai(k.lurah):
		nama = massal.putuskan("Kegiatan", [doc.name], "Verifikasi")["name"]
	lain = frappe.db.get_connection()
	try:
		with lain.cursor() as kursor:
			kursor.execute("SELECT GET_LOCK(%s, 0)", f"{frappe.conf.db_name}.{nama}")
		massal.kerjakan(nama)
		assert status(doc.name) == "Diajukan"
	finally:
		lain.close()


@pytest.mark.usefixtures("tanpa_commit")
def test_a_deadlock_costs_no_file_its_verdict(k, disusun, disetujui, monkeypatch):
	doc = diajukan(k, disusun)
	asli, kali = workflow.apply_workflow, iter([True])

	def sekali_buntu(berkas, aksi):
		if next(kali, False):
			raise frappe.QueryDeadlockError
		return asli(berkas, aksi)

	monkeypatch.setattr(workflow, "apply_workflow", sekali_buntu)
	monkeypatch.setattr(frappe.db, "rollback", lambda *args, **kwargs: None)
	hasil = putuskan(k.lurah, [doc.name], "Verifikasi")
	assert [b.hasil for b in hasil.baris] == ["Berhasil"]


@pytest.mark.usefixtures("tanpa_commit")
def test_an_unforeseen_error_is_a_verdict_without_traceback(k, disusun, monkeypatch):
	doc = diajukan(k, disusun)
	monkeypatch.setattr(workflow, "apply_workflow", lambda *args: 1 / 0)
	(baris,) = putuskan(k.lurah, [doc.name], "Verifikasi").baris
	assert baris.hasil == "Ditolak" and "kesalahan pada sistem" in baris.pesan
	assert "division" not in baris.pesan


def test_a_refusal_after_news_was_ready_lets_the_transaction_end(k, disusun, monkeypatch):
	def kabar_lalu_gagal(*_args):
		publish_realtime("uji", {}, user=k.lurah, after_commit=True)
		raise frappe.ValidationError("Tidak jadi.")

	boleh = diajukan(k, disusun).name
	monkeypatch.setattr(workflow, "apply_workflow", kabar_lalu_gagal)
	# what the end of a transaction does, without ending this one
	monkeypatch.setattr(frappe.db, "commit", lambda: frappe.db.after_commit.run())
	hasil = putuskan(k.lurah, [boleh], "Verifikasi")
	assert (hasil.status, hasil.baris[0].pesan) == ("Selesai", "Tidak jadi.")


@pytest.mark.usefixtures("tanpa_commit")
def test_verdicts_are_seen_by_who_asked_for_them_only(k, disusun):
	with sebagai(k.lurah):
		nama = massal.putuskan("Kegiatan", [disusun.name], "Verifikasi")["name"]
		assert frappe.get_list("Keputusan Massal", pluck="name") == [nama]
	for lain in (k.lurah_lain, k.ketua, k.dpmppa):
		with sebagai(lain):
			assert frappe.get_list("Keputusan Massal", pluck="name", order_by="name") == []
			assert (
				frappe.get_list("Baris Keputusan Massal", parent_doctype="Keputusan Massal", pluck="berkas")
				== []
			)
			assert not frappe.has_permission("Keputusan Massal", "read", nama)
	with sebagai(k.lurah), pytest.raises(frappe.PermissionError):
		frappe.get_doc("Keputusan Massal", nama).save()
