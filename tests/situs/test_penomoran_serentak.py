"""Sixteen decrees of one RT, issued at the same instant over HTTP."""

import threading

import frappe
import pytest
from frappe.utils.password import update_password

from kampung_bahagia.tata_kelola import resmi
from kampung_bahagia.tata_kelola.jejak import buktikan
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import sebagai
from tests.situs.orang import SANDI, Orang

SERENTAK = 16


@pytest.fixture(scope="module")
def kampung_sendiri(situs_sendiri):
	k = pabrik.kampung()
	update_password(k.ketua, SANDI)
	for _ in range(SERENTAK * 2 // 3 + 1):
		pabrik.kegiatan_disetujui(k, peserta=3)
	frappe.db.commit()
	return k


def rancangan(k, cara) -> list[str]:
	"""Drafts of the Ketua RT for one person each, the i-th to be signed in the manner that `cara(i)` says."""
	orang = frappe.get_all(
		"Peserta",
		{"rt": k.rt, "surat_keputusan": ["is", "not set"]},
		["name as peserta", "kegiatan"],
		order_by="name",
		limit=SERENTAK,
	)
	with sebagai(k.ketua):
		semua = [
			frappe.get_doc(
				{
					"doctype": "Surat Keputusan",
					"kegiatan": satu.kegiatan,
					"lampiran": [{"peserta": satu.peserta}],
					"cara_tanda_tangan": cara(i),
				}
			)
			.insert()
			.name
			for i, satu in enumerate(orang)
		]
	frappe.db.commit()
	return semua


def bersamaan(server: str, k, kerja, semua: list[str]) -> list:
	"""What `kerja(orang, name)` answers for each, all of them begun at once by the signed-in Ketua RT."""
	orang, mulai, hasil = Orang(server, k.ketua), threading.Barrier(len(semua)), {}

	def satu(nama: str) -> None:
		diri = Orang(server)
		diri.cookies.update(orang.cookies)
		diri.headers.update(orang.headers)
		mulai.wait(60)
		hasil[nama] = kerja(diri, nama)

	para = [threading.Thread(target=satu, args=(nama,)) for nama in semua]
	for t in para:
		t.start()
	for t in para:
		t.join(180)
	frappe.db.rollback()
	return [hasil[nama] for nama in semua]


def tetapkan(orang: Orang, nama: str) -> int:
	doc = frappe.as_json({"doctype": "Surat Keputusan", "name": nama})
	return orang.panggil("frappe.model.workflow.apply_workflow", doc=doc, action="Tetapkan").status_code


def unggah(orang: Orang, nama: str) -> tuple[int, int]:
	berkas = orang.post(
		f"{orang.server}/api/method/upload_file",
		{"doctype": "Surat Keputusan", "docname": nama, "is_private": 1},
		files={"file": (f"{nama}.pdf", pabrik.selembar(nama), "application/pdf")},
		timeout=120,
	)
	isi = {"pindaian": berkas.json()["message"]["file_url"]}
	simpan = orang.put(f"{orang.server}/api/resource/Surat Keputusan/{nama}", json=isi, timeout=120)
	return berkas.status_code, simpan.status_code


def urut(k, **saringan) -> list[int]:
	nomor = frappe.get_all(
		"Surat Keputusan",
		{"rt": k.rt, "docstatus": 1, **saringan},
		pluck="nomor",
		order_by="nomor",
	)
	return [int(n.split("/")[0]) for n in nomor]


def test_sixteen_at_one_instant_are_numbered_without_a_gap_and_become_official(
	kampung_sendiri, server_sendiri
):
	k = kampung_sendiri
	semua = rancangan(k, lambda i: "Basah")
	assert bersamaan(server_sendiri, k, tetapkan, semua) == [200] * SERENTAK
	assert urut(k) == list(range(1, SERENTAK + 1))
	assert bersamaan(server_sendiri, k, unggah, semua) == [(200, 200)] * SERENTAK
	nomor = dict(
		frappe.get_all(
			"Surat Keputusan", {"name": ["in", semua]}, ["name", "nomor"], as_list=True, order_by="name"
		)
	)
	tercatat = frappe.get_all(
		resmi.RESMI, {"rujukan_nama": ["in", semua]}, ["rujukan_nama", "nomor", "kode"], order_by="name"
	)
	assert {d.rujukan_nama: d.nomor for d in tercatat} == nomor
	assert len({d.kode for d in tercatat}) == SERENTAK == len(tercatat)
	langkah = frappe.get_all(
		"Jejak Keputusan",
		{"rujukan_nama": ["in", semua]},
		["rujukan_nama", "aksi"],
		order_by="urutan",
	)
	for nama in semua:
		aksi = [satu.aksi for satu in langkah if satu.rujukan_nama == nama]
		assert aksi == ["Buat", "Tetapkan", "Bubuhkan Tanda Tangan"]
	assert buktikan()["utuh"]


def test_those_that_are_refused_in_the_midst_use_up_no_number(kampung_sendiri, server_sendiri):
	"""Electronic signing is refused after the number was taken: this site knows no address of its own."""
	k = kampung_sendiri
	awal = frappe.db.count("Surat Keputusan", {"rt": k.rt, "docstatus": 1})
	semua = rancangan(k, lambda i: "Elektronik" if i % 3 == 1 else "Basah")
	kode = bersamaan(server_sendiri, k, tetapkan, semua)
	assert [k for k in kode if k != 200] == [417] * 5
	assert urut(k, name=["in", semua]) == list(range(awal + 1, awal + SERENTAK - 5 + 1))
	ditolak = frappe.get_all(
		"Surat Keputusan",
		{"name": ["in", semua], "docstatus": 0},
		["status", "nomor", "ditetapkan_pada", "dokumen_resmi"],
		order_by="name",
	)
	assert len(ditolak) == 5
	assert all(
		(d.status, d.nomor, d.ditetapkan_pada, d.dokumen_resmi) == ("Draf", None, None, None) for d in ditolak
	)
	assert buktikan()["utuh"]
