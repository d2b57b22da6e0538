"""Two people at the same claim at the same moment, over HTTP and in forced order: one truth, and words for the other."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable
from datetime import datetime

import frappe
import pytest
from frappe.model.workflow import apply_workflow
from frappe.utils import now_datetime
from frappe.utils.password import update_password

from kampung_bahagia.aturan.tanggal import WIB
from kampung_bahagia.klaim.doctype.klaim.klaim import KlaimGanda
from kampung_bahagia.klaim.tenggat import catat_laporan
from kampung_bahagia.tata_kelola.jejak import buktikan
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import sebagai
from tests.situs.orang import SANDI, Orang
from tests.situs.serentak import serentak

ULANG = 3  # what needs luck to meet is tried more than once


@pytest.fixture(scope="module")
def k(situs_sendiri):
	k = pabrik.kampung()
	k.dpmppa_lain = pabrik.pengguna("dpmppa.lain")
	pabrik.penugasan(k.dpmppa_lain, "DPMPPA")
	for user in (k.ketua, k.lurah, k.dpmppa, k.dpmppa_lain):
		update_password(user, SANDI)
	frappe.db.commit()
	return k


@pytest.fixture(scope="module")
def orang(k, server_sendiri) -> Callable[[str], Orang]:
	"""Another device of somebody who is signed in."""
	masuk = {user: Orang(server_sendiri, user) for user in (k.ketua, k.lurah, k.dpmppa, k.dpmppa_lain)}

	def satu(user: str) -> Orang:
		diri = Orang(server_sendiri)
		diri.cookies.update(masuk[user].cookies)
		diri.headers.update(masuk[user].headers)
		return diri

	return satu


@pytest.fixture
def korban(k) -> list[str]:
	"""Peserta of a kegiatan, one for each try."""
	frappe.db.rollback()
	kegiatan = pabrik.kegiatan_berjalan(k, peserta=ULANG)
	frappe.db.commit()
	return frappe.get_all("Peserta", {"kegiatan": kegiatan.name}, pluck="name", order_by="name")


def isi(peserta: str, jenis: str = "JKK Perawatan") -> dict:
	return {
		"peserta": peserta,
		"jenis": jenis,
		"waktu_kejadian": datetime.now(WIB).strftime("%Y-%m-%d %H:%M"),
		"tempat": "Lorong Melati",
		"kronologi": "Terpeleset saat mengangkat semen.",
		"nama_pelapor": "Ketua",
		"hp_pelapor": "081234567890",
	}


def dari_hp(orang: Orang, isi: dict):
	kirim = {"kunci": str(uuid.uuid4()), "formulir": "laporan-kecelakaan", "isi": json.dumps(isi)}
	return orang.panggil("kampung_bahagia.tata_kelola.kiriman.kirim", **kirim)


def dari_meja(orang: Orang, isi: dict):
	return orang.post(f"{orang.server}/api/resource/Klaim", json=isi, timeout=60)


def langkah(orang: Orang, nama: str, aksi: str, **nilai):
	"""As the form does it: the values that the step needs are saved first, when there are any."""
	if nilai:
		disimpan = orang.put(f"{orang.server}/api/resource/Klaim/{nama}", json=nilai, timeout=60)
		if disimpan.status_code != 200:
			return disimpan
	doc = json.dumps({"doctype": "Klaim", "name": nama})
	return orang.panggil("frappe.model.workflow.apply_workflow", doc=doc, action=aksi)


def bersamaan(*kerja: Callable[[], object]) -> list:
	hasil, mulai = {}, threading.Barrier(len(kerja))

	def satu(i: int) -> None:
		mulai.wait(60)
		hasil[i] = kerja[i]()

	para = [threading.Thread(target=satu, args=(i,)) for i in range(len(kerja))]
	for t in para:
		t.start()
	for t in para:
		t.join(120)
	frappe.db.rollback()
	return [hasil[i] for i in range(len(kerja))]


def satu_klaim(jawaban: list, peserta: str) -> str:
	"""One of the answers is a claim, the other names it in words; it is the only one."""
	(klaim,) = frappe.get_all("Klaim", {"peserta": peserta}, pluck="name", order_by="name")
	lolos = [j for j in jawaban if j.status_code == 200]
	(ditolak,) = [j for j in jawaban if j.status_code != 200]
	assert len(lolos) == 1
	assert ditolak.status_code in (409, 417)
	assert "sudah dilaporkan dengan nomor" in ditolak.text
	assert klaim in ditolak.text
	return klaim


def test_two_phones_at_once_make_one_claim(k, orang, korban):
	for peserta in korban:
		satu_klaim(bersamaan(*[lambda p=peserta: dari_hp(orang(k.ketua), isi(p))] * 2), peserta)
	assert buktikan()["utuh"]


def test_the_desk_and_a_phone_at_once_make_one_claim(k, orang, korban):
	for peserta in korban:
		satu_klaim(
			bersamaan(
				lambda p=peserta: dari_hp(orang(k.ketua), isi(p)),
				lambda p=peserta: dari_meja(orang(k.ketua), isi(p)),
			),
			peserta,
		)


def test_a_death_is_claimed_as_one_kind_only(k, orang, korban):
	for peserta in korban:
		satu_klaim(
			bersamaan(
				lambda p=peserta: dari_hp(orang(k.ketua), isi(p, "JKK Meninggal")),
				lambda p=peserta: dari_hp(orang(k.ketua), isi(p, "JKM")),
			),
			peserta,
		)


@pytest.mark.parametrize("jenis", ["JKK Perawatan", "JKM"])
def test_of_two_reports_that_saw_nothing_of_each_other_the_second_is_told_the_number(
	k, korban, situs_sendiri, jenis
):
	pesan = []

	def lapor():
		try:
			frappe.get_doc({"doctype": "Klaim", **isi(korban[0], jenis)}).insert()
		except KlaimGanda as galat:
			pesan.append(str(galat))
			raise

	assert serentak(situs_sendiri, k.ketua, lapor) == ["KlaimGanda", "lolos"]
	(klaim,) = frappe.get_all("Klaim", {"peserta": korban[0]}, pluck="name", order_by="name")
	assert klaim in pesan[0]
	assert "Lengkapi laporan itu" in pesan[0]


def dilaporkan(k, peserta: str, *langkah_lalu: tuple[str, str]) -> str:
	frappe.db.rollback()
	with sebagai(k.ketua):
		doc = frappe.get_doc({"doctype": "Klaim", **isi(peserta)}).insert()
	for user, aksi in langkah_lalu:
		doc = pabrik.langkah(doc, user, aksi)
	frappe.db.commit()
	return doc.name


def satu_keputusan(jawaban: list, klaim: str, hasil: dict[str, str], sebelumnya: int) -> None:
	"""One step was taken and is in the ledger after the earlier ones, the other was refused in words."""
	assert sorted(j.status_code == 200 for j in jawaban) == [False, True]
	(ditolak,) = [j for j in jawaban if j.status_code != 200]
	assert ditolak.status_code < 500
	pesan = ditolak.json().get("_server_messages", "")
	assert "Dokumen" in pesan or "Klaim" in pesan or "berstatus" in pesan, ditolak.text
	status = frappe.db.get_value("Klaim", klaim, "status")
	aksi = frappe.get_all("Jejak Keputusan", {"rujukan_nama": klaim}, pluck="aksi", order_by="urutan")
	assert hasil[status] == aksi[-1]
	assert len(aksi) == sebelumnya + 1
	assert buktikan()["utuh"]


def test_a_report_is_withdrawn_or_verified_but_not_both(k, orang, korban):
	for peserta in korban:
		klaim = dilaporkan(k, peserta)
		jawaban = bersamaan(
			lambda n=klaim: langkah(orang(k.ketua), n, "Tarik Laporan", alasan="Keliru orang"),
			lambda n=klaim: langkah(orang(k.lurah), n, "Verifikasi"),
		)
		satu_keputusan(jawaban, klaim, {"Ditarik": "Tarik Laporan", "Diverifikasi Lurah": "Verifikasi"}, 1)


def test_two_officials_of_one_office_decide_once(k, orang, korban):
	for peserta in korban:
		klaim = dilaporkan(k, peserta, (k.lurah, "Verifikasi"))
		jawaban = bersamaan(
			lambda n=klaim: langkah(orang(k.dpmppa), n, "Kembalikan", alasan="Saksi belum disebut"),
			lambda n=klaim: langkah(orang(k.dpmppa_lain), n, "Verifikasi"),
		)
		satu_keputusan(jawaban, klaim, {"Dikembalikan": "Kembalikan", "Diverifikasi DPMPPA": "Verifikasi"}, 2)


def test_what_a_report_of_a_stage_wrote_survives_a_step_that_began_before_it(k, korban, situs_sendiri):
	"""The lurah's request has read already when the Ketua RT writes down that BPJS was told."""
	klaim = dilaporkan(k, korban[0])
	frappe.set_user(k.lurah)
	doc = frappe.get_doc("Klaim", klaim)  # from here on a plain read sees this moment only

	def di_samping() -> None:
		frappe.init(site=situs_sendiri)
		frappe.connect()
		frappe.set_user(k.ketua)
		catat_laporan(klaim, "I", "BPJS Ketenagakerjaan", str(now_datetime()), "Luring")
		frappe.db.commit()
		frappe.destroy()

	samping = threading.Thread(target=di_samping)
	samping.start()
	samping.join(60)
	apply_workflow(doc, "Verifikasi")
	frappe.db.commit()
	frappe.set_user("Administrator")
	doc = frappe.get_doc("Klaim", klaim)
	assert doc.status == "Diverifikasi Lurah"
	assert [b.tahap for b in doc.laporan_tahap] == ["I"]
	assert doc.tahap_satu_pada
	assert buktikan()["utuh"]
