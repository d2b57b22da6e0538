"""What phones send: once for each key, by the sender's own rights, with the files that came along."""

import io
import json
import threading
import uuid
from types import SimpleNamespace

import frappe
import pytest
from frappe.utils import add_days, now_datetime
from PIL import Image

from kampung_bahagia.izin.dokumen import DiLuarWilayah
from kampung_bahagia.perencanaan.web_form.catatan_musyawarah.catatan_musyawarah import terbuka
from kampung_bahagia.perencanaan.web_form.lpj_kegiatan.lpj_kegiatan import dapat_dilaporkan
from kampung_bahagia.tata_kelola import formulir, kiriman
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import sebagai


def gambar(jenis="JPEG") -> bytes:
	berkas = io.BytesIO()
	Image.new("RGB", (40, 30), "green").save(berkas, jenis)
	return berkas.getvalue()


@pytest.fixture
def isi(k) -> dict:
	m = pabrik.musyawarah_sah(k)
	return {
		"usulan": m.usulan[0].name,
		"musyawarah": m.name,
		"rt": k.rt,
		"judul": "Drainase",
		"lokasi": "Lorong Melati",
		"konstruksi": 1,
		"tanggal_mulai": "2027-01-31",
		"tanggal_selesai": "2027-03-01",
		"rab": [
			{
				"uraian": "Semen",
				"jenis": "Bahan",
				"volume": 965,
				"satuan": "zak",
				"harga_satuan": 100000,
				"dasar_iuran": 1,
			}
		],
	}


@pytest.fixture
def bagian(monkeypatch):
	"""Parts of the request, as a browser sends files."""

	def taruh(*berkas: bytes):
		files = {f"berkas-{i}": io.BytesIO(b) for i, b in enumerate(berkas)}
		permintaan = SimpleNamespace(files=files, host="")
		monkeypatch.setattr(frappe.local, "request", permintaan, raising=False)

	return taruh


def kirim(user: str, isi: dict, kunci: str | None = None, form: str = "kegiatan-baru") -> dict:
	with sebagai(user):
		return kiriman.kirim(kunci or str(uuid.uuid4()), form, json.dumps(isi))


def test_a_form_becomes_a_document_of_its_sender(k, isi):
	jawab = kirim(k.ketua, isi)
	doc = frappe.get_doc("Kegiatan", jawab["name"])
	assert (doc.owner, doc.status, doc.nilai_kegiatan) == (k.ketua, "Draf", 96_500_000)
	assert jawab["hasil"]["perkiraan_iuran"] == 231_600 and not jawab["sudah_ada"]
	(catatan,) = frappe.get_all(
		"Kiriman", {"dokumen": doc.name}, ["pengguna", "formulir", "jenis_dokumen"], order_by="name"
	)
	assert catatan == {"pengguna": k.ketua, "formulir": "kegiatan-baru", "jenis_dokumen": "Kegiatan"}


def test_a_field_that_the_form_does_not_ask_for_is_not_written(k, isi):
	jawab = kirim(k.ketua, isi | {"pendaftaran": "X", "status": "Selesai", "owner": k.lurah})
	doc = frappe.get_doc("Kegiatan", jawab["name"])
	assert (doc.status, doc.pendaftaran, doc.owner) == ("Draf", None, k.ketua)


def test_the_guards_of_the_document_hold(k, isi):
	with pytest.raises((frappe.PermissionError, DiLuarWilayah)):
		kirim(k.ketua_tetangga, isi)
	with pytest.raises(frappe.PermissionError):
		kirim(k.lurah, isi)


def test_a_refusal_names_the_fields_and_leaves_no_key(k, isi):
	kunci, sejak = str(uuid.uuid4()), now_datetime()
	frappe.local.response = frappe._dict()
	with pytest.raises(frappe.ValidationError):
		kirim(k.ketua, isi | {"tanggal_selesai": "2027-01-01"}, kunci)
	assert frappe.local.response["kolom"][0] == {"kolom": "tanggal_selesai"}
	frappe.db.rollback()  # as at the end of a request that was refused
	assert not frappe.db.exists("Kiriman", {"pengguna": k.ketua, "creation": [">=", sejak]})


@pytest.mark.parametrize("isi_rusak", ["{", "[]", "1", '{"rab": 3}', '{"rab": {"uraian": "Semen"}}'])
def test_what_has_no_shape_of_a_form_is_refused_in_words(k, isi_rusak):
	with sebagai(k.ketua), pytest.raises(frappe.ValidationError, match="tidak dikenali"):
		kiriman.kirim(str(uuid.uuid4()), "kegiatan-baru", isi_rusak)


@pytest.mark.parametrize(
	("pesan", "kolom"),
	[
		("Isi dahulu: <strong>Lokasi</strong>.", {"kolom": "lokasi"}),
		("<strong>Satuan (baris 2)</strong>: isi.", {"tabel": "rab", "kolom": "satuan", "baris": 2}),
		("Jumlah RAB baris 3 terlalu besar.", {"tabel": "rab", "baris": 3}),
		("Rencana Selesai tidak boleh mendahului Rencana Mulai.", {"kolom": "tanggal_selesai"}),
	],
)
def test_a_message_is_traced_to_its_field(situs, pesan, kolom):
	assert kiriman.kolom_disebut("Kegiatan", pesan)[0] == kolom


def test_only_pictures_come_along_and_only_by_their_number(k, isi, bagian):
	isi["rab"][0]["uraian"] = "berkas:0"  # text stays text
	bagian(b"<svg onload=alert(1)>")
	kirim(k.ketua, isi)
	klaim = {"peserta": "x", "foto": "berkas:0"}
	with pytest.raises(kiriman.BerkasTidakSah):
		kirim(k.ketua, klaim, form="laporan-kecelakaan")
	bagian(b"x" * (kiriman.BERKAS_TERBESAR + 1))
	with pytest.raises(kiriman.BerkasTidakSah):
		kirim(k.ketua, klaim, form="laporan-kecelakaan")


def test_a_photo_is_no_pdf(k, bagian):
	bagian(b"%PDF-1.4")
	with pytest.raises(kiriman.BerkasTidakSah, match="bukan PDF"):
		kirim(k.ketua, {"peserta": "x", "foto": "berkas:0"}, form="laporan-kecelakaan")


def test_an_address_of_another_file_is_not_taken_over(k, berjalan):
	peserta = frappe.get_all("Peserta", {"kegiatan": berjalan.name}, pluck="name", order_by="name")[0]
	isi = {
		"peserta": peserta,
		"jenis": "JKK Perawatan",
		"waktu_kejadian": str(now_datetime()),
		"tempat": "Lorong",
		"kronologi": "Terpeleset",
		"nama_pelapor": "Ketua",
		"hp_pelapor": "081234567890",
		"foto": "/private/files/milik-orang.jpg",
	}
	jawab = kirim(k.ketua, isi, form="laporan-kecelakaan")
	assert not frappe.db.get_value("Klaim", jawab["name"], "foto")


def test_forms_of_the_desk_and_unknown_keys_are_refused(k, isi):
	with pytest.raises(frappe.ValidationError, match="tidak tersedia"):
		kirim(k.ketua, isi, form="tidak-ada")
	with pytest.raises(frappe.ValidationError, match="Kunci"):
		kirim(k.ketua, isi, kunci="1")


def test_old_keys_are_dropped_by_the_daily_job(k, isi):
	jawab = kirim(k.ketua, isi)
	nama = frappe.db.get_value("Kiriman", {"dokumen": jawab["name"]})
	kiriman.hapus_lama()
	assert frappe.db.exists("Kiriman", nama)
	lama = add_days(now_datetime(), -kiriman.MASA_SIMPAN - 1)
	frappe.db.set_value("Kiriman", nama, "creation", lama, update_modified=False)
	kiriman.hapus_lama()
	assert not frappe.db.exists("Kiriman", nama)


def test_every_form_of_the_phone_describes_its_steps(situs):
	for form in formulir.formulir_hp():
		definisi = formulir.definisi(frappe.get_doc("Web Form", form.name))
		assert definisi["langkah"] and all(satu["judul"] and satu["kolom"] for satu in definisi["langkah"])
		assert form.meta_description


def catat(user: str, m, **isi) -> dict:
	return kirim(user, {"musyawarah": m.name, **isi}, form="catatan-musyawarah")


def test_a_record_of_a_meeting_takes_nothing_from_who_wrote_meanwhile(k):
	m = pabrik.musyawarah(k, hadir=3, diundang=4)
	tetap, pergi, lain = (h.warga for h in m.hadirin)
	(datang,) = (w.name for w in pabrik.warga(k.rt, 1))
	# the phone saw the first two; the third came by another way after it
	catat(
		k.ketua,
		m,
		hadirin=[{"warga": tetap, "unsur": "Pemuda"}, {"warga": datang}],
		semula={"hadirin": [{"warga": tetap, "unsur": "Warga"}, {"warga": pergi, "unsur": "Warga"}]},
	)
	m.reload()
	assert {h.warga: h.unsur for h in m.hadirin} == {tetap: "Pemuda", lain: "Warga", datang: "Warga"}
	assert [h.idx for h in m.hadirin] == [1, 2, 3]
	assert m.kk_hadir == 3


def test_a_usulan_is_changed_added_and_dropped_by_its_row(k):
	m = pabrik.musyawarah(k, usulan=2)
	satu, dua = m.usulan
	catat(
		k.ketua,
		m,
		usulan=[
			{"name": satu.name, "judul": satu.judul, "kategori": "Sanitasi", "suara": 1},
			{"judul": "Taman bermain", "kategori": "Sanitasi"},
			{"name": "dihapus-orang-lain", "judul": "Lama", "kategori": "Sanitasi"},
		],
		semula={"usulan": [{"name": satu.name}, {"name": dua.name}]},
	)
	m.reload()
	assert [(u.judul, u.suara) for u in m.usulan] == [(satu.judul, 1), ("Taman bermain", 0)]


def test_a_second_record_of_a_meeting_undoes_nothing_of_the_first(k):
	m = pabrik.musyawarah(k, usulan=1)
	warga = m.hadirin[0].warga
	with sebagai(k.ketua):
		(semula,) = [satu for satu in terbuka()["musyawarah"] if satu["name"] == m.name]
	semula = json.loads(json.dumps(semula, default=str))
	pertama = json.loads(json.dumps(semula))
	pertama |= {"pimpinan": "Pak RT", "catatan": "Pukul delapan."}
	pertama["usulan"][0]["suara"] = 1
	pertama["usulan"].append({"judul": "Taman bermain", "kategori": "Sanitasi", "lokasi": "Lorong"})
	pertama["hadirin"][0]["unsur"] = "Pemuda"
	catat(k.ketua, m, **pertama, semula=semula)
	# another phone that saw the same adds what it knows
	kedua = json.loads(json.dumps(semula)) | {"notulen": "Bu Sri", "catatan": "Pukul sembilan."}
	kedua["usulan"][0]["lokasi"] = "Simpang tiga"
	kedua["usulan"].append({"judul": "Taman bermain", "kategori": "Sanitasi", "suara": 1})
	catat(k.ketua, m, **kedua, semula=semula)
	m.reload()
	assert (m.pimpinan, m.notulen, m.catatan) == ("Pak RT", "Bu Sri", "Pukul sembilan.")
	assert [(u.suara, u.lokasi) for u in m.usulan] == [(1, "Simpang tiga"), (1, "Lorong")]
	assert {h.warga: h.unsur for h in m.hadirin}[warga] == "Pemuda"


def test_a_meeting_of_another_rt_is_not_recorded(k):
	m = pabrik.musyawarah(k)
	with pytest.raises(frappe.PermissionError):
		catat(k.ketua_tetangga, m, pimpinan="Orang lain")
	with sebagai(k.ketua_tetangga):
		assert m.name not in [satu["name"] for satu in terbuka()["musyawarah"]]
	with sebagai(k.lurah):
		assert terbuka()["musyawarah"] == [] and terbuka()["warga"] == {}


def test_the_phone_gets_names_and_households_but_no_numbers(k):
	pabrik.musyawarah(k)
	with sebagai(k.ketua):
		jawab = terbuka()
	(warga,) = jawab["warga"].values()
	assert warga and set(warga[0]) == {"name", "nama", "kk", "perempuan"}
	kk = frappe.get_all("Data Pribadi", pluck="no_kk", order_by="name")
	assert not any(nomor and nomor in json.dumps(jawab) for nomor in kk)


def test_an_account_is_begun_and_completed_from_the_phone(k, berjalan, bagian):
	with sebagai(k.ketua):
		(satu,) = [x for x in dapat_dilaporkan() if x["name"] == berjalan.name]
	(baris, *_lain) = satu["baris"]
	awal = {"kegiatan": berjalan.name, "realisasi": [{"name": baris["name"], "realisasi": 1000}]}
	awal["realisasi"][0]["bukti"] = "berkas:0"
	bagian(gambar("PNG"))
	pertama = kirim(k.ketua, awal, form="lpj-kegiatan")
	bagian()
	lanjutan = {"realisasi": [{"name": baris["name"], "realisasi": 2000}], "uraian_pelaksanaan": "Selesai."}
	kedua = kirim(k.ketua, awal | lanjutan, form="lpj-kegiatan")
	assert kedua["name"] == pertama["name"] and kedua["hasil"]["jumlah_realisasi"] == 2000
	doc = frappe.get_doc("LPJ Kegiatan", kedua["name"])
	assert doc.uraian_pelaksanaan == "Selesai." and len(doc.realisasi) == len(satu["baris"])
	assert frappe.db.exists("File", {"file_url": doc.realisasi[0].bukti, "attached_to_name": doc.name})
	with pytest.raises(frappe.PermissionError):
		kirim(k.ketua_tetangga, awal | lanjutan, form="lpj-kegiatan")


class TestDuaKali:
	"""Over HTTP, since what is first is decided between transactions."""

	@pytest.fixture
	def masuk(self, server, kampung_uji):
		import requests
		from frappe.utils.password import update_password

		k = kampung_uji[0]
		frappe.db.rollback()
		update_password(k.ketua, "Uji-Kampung-2026!")
		frappe.db.commit()
		sesi = requests.Session()
		jawab = sesi.post(f"{server}/api/method/login", data={"usr": k.ketua, "pwd": "Uji-Kampung-2026!"})
		assert jawab.ok, jawab.text
		metode = f"{server}/api/method/kampung_bahagia.tata_kelola.kiriman"
		token = sesi.get(f"{metode}.sesi").json()["message"]["token"]

		def kirim(kunci: str, isi: dict, *berkas: bytes):
			return sesi.post(
				f"{metode}.kirim",
				data={"kunci": kunci, "formulir": "kegiatan-baru", "isi": json.dumps(isi)},
				files=[(f"berkas-{i}", ("foto.jpg", b, "image/jpeg")) for i, b in enumerate(berkas)] or None,
				headers={"X-Frappe-CSRF-Token": token},
			)

		return kirim

	@pytest.fixture
	def tersimpan(self, k, isi):
		frappe.db.commit()
		return isi

	@staticmethod
	def jumlah(isi) -> int:
		frappe.db.rollback()
		return frappe.db.count("Kegiatan", {"usulan": isi["usulan"]})

	def test_the_same_key_answers_with_the_first_document(self, masuk, tersimpan):
		kunci = str(uuid.uuid4())
		pertama, kedua = (masuk(kunci, tersimpan).json()["message"] for _ in range(2))
		assert pertama["name"] == kedua["name"] and kedua["sudah_ada"]
		assert self.jumlah(tersimpan) == 1

	def test_five_at_the_same_moment_make_one(self, masuk, tersimpan):
		kunci, jawaban = str(uuid.uuid4()), []
		utas = [threading.Thread(target=lambda: jawaban.append(masuk(kunci, tersimpan))) for _ in range(5)]
		for u in utas:
			u.start()
		for u in utas:
			u.join()
		assert {j.status_code for j in jawaban} == {200}, [j.text for j in jawaban]
		assert len({j.json()["message"]["name"] for j in jawaban}) == 1
		assert self.jumlah(tersimpan) == 1

	def test_the_same_key_with_other_content_is_refused_and_says_what_there_is(self, masuk, tersimpan):
		kunci = str(uuid.uuid4())
		nama = masuk(kunci, tersimpan).json()["message"]["name"]
		jawab = masuk(kunci, tersimpan | {"judul": "Lain"})
		assert jawab.status_code == 409
		assert jawab.json()["terkirim"] == {"doctype": "Kegiatan", "name": nama}
		assert "sudah terkirim" in jawab.text
		assert self.jumlah(tersimpan) == 1

	def test_a_key_whose_document_is_gone_makes_no_second_one(self, masuk, tersimpan):
		kunci = str(uuid.uuid4())
		nama = masuk(kunci, tersimpan).json()["message"]["name"]
		frappe.db.rollback()
		frappe.delete_doc("Kegiatan", nama, force=True)
		frappe.db.commit()
		for isi in (tersimpan, tersimpan | {"judul": "Lain"}):
			jawab = masuk(kunci, isi)
			assert jawab.status_code == 410 and nama in jawab.text and "dihapus" in jawab.text
		frappe.db.set_value("Kiriman", {"dokumen": nama}, "dokumen", None)
		frappe.db.commit()
		jawab = masuk(kunci, tersimpan)
		assert jawab.status_code == 410 and "tidak menjadi berkas" in jawab.text
		assert self.jumlah(tersimpan) == 0

	def test_a_refused_document_leaves_the_key_free(self, masuk, tersimpan):
		kunci = str(uuid.uuid4())
		assert masuk(kunci, tersimpan | {"tanggal_selesai": "2027-01-01"}).status_code == 417
		assert masuk(kunci, tersimpan).ok
		assert self.jumlah(tersimpan) == 1
