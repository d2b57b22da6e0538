"""Notices of an accident without account: nothing to be learned by them, nothing lost, and one claim for one accident."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import count

import frappe
import pytest
from frappe.utils import add_to_date, get_datetime, now_datetime
from lxml import html
from PIL import Image

from kampung_bahagia.izin import data_pribadi, retensi
from kampung_bahagia.izin.dokumen import BenturanKepentingan, JabatanTidakBerwenang
from kampung_bahagia.klaim import ambil_alih, pemberitahuan
from kampung_bahagia.klaim.doctype.klaim.klaim import KlaimGanda
from kampung_bahagia.tata_kelola import jejak
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai
from tests.situs.orang import Orang
from tests.situs.serentak import serentak

DOCTYPE = pemberitahuan.DOCTYPE
_hp = count(1)


@pytest.fixture(autouse=True)
def alamat_ip(request):
	"""The counters outlive a transaction."""
	request.getfixturevalue("situs")
	frappe.local.request_ip = "198.51.100.9"
	for awalan in ("pemberitahuan:", "lacak:"):
		frappe.cache.delete_keys(awalan)
	yield
	frappe.local.request_ip = None


def isian(k, **nilai) -> dict[str, str]:
	waktu = add_to_date(now_datetime(), minutes=-5)
	return {
		"nama_korban": "Budi Tanpa Akun",
		"keadaan_korban": "Dirawat atau cedera",
		"kelurahan": k.kelurahan,
		"tanggal": f"{waktu:%Y-%m-%d}",
		"jam": f"{waktu:%H:%M}",
		"tempat": "Gang Melati",
		"kronologi": "Terpeleset saat mengangkat semen.",
		"nama_pelapor": "Istri Budi",
		"hp_pelapor": f"0812{next(_hp):08}",
		"hubungan": "Keluarga",
		**nilai,
	}


def terima(k, foto: bytes | None = None, kunci: str | None = None, **nilai) -> pemberitahuan.Jawaban:
	with sebagai("Guest"):
		return pemberitahuan.terima(kunci or pemberitahuan.kunci_baru(), isian(k, **nilai), foto)


def masuk(k, **nilai):
	"""A notice that has arrived and been looked at; the document, with its ticket in `flags`."""
	jawaban = terima(k, **nilai)
	assert jawaban.tiket, jawaban.galat
	nama = pemberitahuan.menurut_tiket(jawaban.tiket.replace("-", ""))
	pemberitahuan.kenali(nama)
	doc = frappe.get_doc(DOCTYPE, nama)
	doc.flags.tiket = jawaban.tiket
	return doc


def korban(berjalan) -> frappe._dict:
	"""The peserta of whom `pabrik.klaim` reports an accident: name, warga, nik."""
	peserta = pabrik.data_klaim(berjalan)["peserta"]
	warga = frappe.db.get_value("Peserta", peserta, "warga")
	return frappe._dict(peserta=peserta, warga=warga, nik=data_pribadi.milik(warga).nik)


def kabar(user: str, nama: str) -> list[str]:
	return frappe.get_all(
		"Notification Log", {"for_user": user, "document_name": nama}, pluck="subject", order_by="creation"
	)


# --- the guest's door


def test_a_notice_is_written_down_and_tracked_by_its_ticket(k):
	p = masuk(k)
	assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", p.flags.tiket)
	assert (p.status, p.cara, p.owner) == ("Diterima", "Tanpa akun", "Guest")
	assert get_datetime(p.batas_tahap_satu) == add_to_date(p.waktu_kejadian, hours=48)
	teks = pemberitahuan.lacak(p.flags.tiket.lower().replace("-", " "))
	assert "diterima pada" in teks and "Budi" not in teks
	assert frappe.db.get_value(DOCTYPE, p.name, "jumlah_dilacak") == 1


def test_the_ticket_and_the_number_are_stored_nowhere(k, berjalan):
	nik = korban(berjalan).nik
	p = masuk(k, nik_korban=nik)
	tersimpan = str(frappe.db.get_value(DOCTYPE, p.name, "*", as_dict=True))
	assert nik not in tersimpan and p.flags.tiket.replace("-", "") not in tersimpan
	assert p.nik_samar == nik[:4] + "*" * 8 + nik[-4:]
	assert p.get_password("nik_korban") == nik


def test_a_known_number_is_answered_as_an_unknown_one(k, berjalan):
	"""Recognising comes after the answer; the ticket says nothing of a claim until an official has joined the two."""
	pabrik.klaim(k, berjalan)
	terima(k)  # the caches are warm from here on
	kueri, kata = set(), set()
	for nik in (korban(berjalan).nik, pabrik.data_warga(k.rt)["nik"]):
		jawaban, jumlah = _terhitung(lambda nik=nik: terima(k, nik_korban=nik))
		pemberitahuan.kenali(pemberitahuan.menurut_tiket(jawaban.tiket.replace("-", "")))
		kueri.add(jumlah)
		kata.add(pemberitahuan.lacak(jawaban.tiket))
	assert len(kueri) == len(kata) == 1


def _terhitung(kerja):
	"""What `kerja` returns, and how many questions it put to the database."""
	jumlah, asli = 0, frappe.db.sql

	def hitung(*args, **kwargs):
		nonlocal jumlah
		jumlah += 1
		return asli(*args, **kwargs)

	frappe.db.sql = hitung
	try:
		return kerja(), jumlah
	finally:
		del frappe.db.sql


@pytest.mark.parametrize(
	("kolom", "nilai"),
	[
		("nama_korban", ""),
		("nama_korban", "x" * 141),
		("kronologi", "x" * 2001),
		("nik_korban", "123"),
		("nik_korban", "1571011708800001x"),
		("hp_pelapor", "021"),
		("kelurahan", "Tidak Ada"),
		("hubungan", "Pamong"),
		("tanggal", "kemarin"),
		("tanggal", "2001-01-01"),
		("tanggal", "2999-01-01"),
		("jam", "25:61"),
	],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_written(k, kolom, nilai):
	sebelum = frappe.db.count(DOCTYPE)
	galat = terima(k, **{kolom: nilai}).galat
	assert list(galat) == [kolom if kolom != "jam" else "tanggal"] and next(iter(galat.values())).endswith(
		"."
	)
	assert frappe.db.count(DOCTYPE) == sebelum


def test_a_filled_trap_and_a_foreign_key_are_refused_in_words(k):
	assert "tersembunyi" in terima(k, situs="https://spam.invalid").galat[""]
	assert "kedaluwarsa" in terima(k, kunci="x").galat[""]


def test_pressed_twice_is_one_notice_with_one_ticket(k):
	kunci, sama = pemberitahuan.kunci_baru(), isian(k)
	with sebagai("Guest"):
		pertama = pemberitahuan.terima(kunci, sama)
		kedua = pemberitahuan.terima(kunci, {**sama, "tempat": "Lain"})
	assert (pertama.tiket, pertama.lama, kedua.lama) == (kedua.tiket, False, True)
	assert frappe.db.count(DOCTYPE, {"tempat": "Lain"}) == 0


def test_too_many_from_one_network_or_telephone_are_stopped_and_sent_to_people(k, monkeypatch):
	monkeypatch.setattr(pemberitahuan, "PER_HP", 2)
	hp = {"hp_pelapor": "081299990000"}
	assert all(terima(k, **hp).tiket for _ in range(2))
	jawaban = terima(k, hp_pelapor="+62 812-9999-0000")
	assert jawaban.sering and "Ketua RT" in jawaban.galat[""]
	monkeypatch.setattr(pemberitahuan, "PER_JARINGAN", 0)
	assert terima(k).sering


def test_guessing_tickets_comes_to_an_end_and_a_true_one_is_always_answered(k, monkeypatch):
	p = masuk(k)
	monkeypatch.setattr(pemberitahuan, "SALAH_PER_JARINGAN", 2)
	assert [pemberitahuan.lacak(t) for t in ("", "ABCD-EFGH-JKMN")] == [None, None]
	with pytest.raises(frappe.RateLimitExceededError):
		pemberitahuan.lacak("' OR 1=1")
	assert pemberitahuan.lacak(p.flags.tiket)


def _jpeg() -> bytes:
	isi = BytesIO()
	Image.linear_gradient("L").save(isi, "JPEG")
	return isi.getvalue()


def test_a_photo_is_private_and_for_those_who_read_health_data(k):
	p = masuk(k, foto=_jpeg(), nomor_rt=str(frappe.db.get_value("RT", k.rt, "nomor")))
	berkas = frappe.get_doc("File", {"file_url": p.foto})
	assert (berkas.is_private, berkas.attached_to_name) == (1, p.name)
	terbaca = {}
	for user in (k.ketua, k.lurah, k.dpmppa, k.pengawas, k.bpjs, k.ketua_tetangga, "Guest"):
		with sebagai(user):
			terbaca[user] = bool(frappe.has_permission("File", "read", berkas))
	assert [u for u, boleh in terbaca.items() if boleh] == [k.ketua, k.lurah, k.dpmppa]


@pytest.mark.parametrize("foto", [b"%PDF-1.4", b"bukan gambar", b"x" * (pemberitahuan.BERKAS_TERBESAR + 1)])
def test_what_is_no_photo_is_refused_and_says_that_one_may_send_without(k, foto):
	assert "tanpa foto" in terima(k, foto=foto).galat["foto"]


# --- whom it is about, and who is told


def test_a_known_number_brings_the_notice_to_the_rt_of_that_person(k, berjalan):
	p = masuk(k, nik_korban=korban(berjalan).nik, kelurahan=k.kelurahan_lain)
	assert (p.warga, p.rt, p.kelurahan) == (korban(berjalan).warga, k.rt, k.kelurahan)
	assert kabar(k.ketua, p.name) and kabar(k.lurah, p.name)
	assert not kabar(k.dpmppa, p.name) and not kabar(k.lurah_lain, p.name)


def test_a_membership_number_will_do_as_well(k, berjalan):
	with sebagai(k.dpmppa):
		pabrik.kepesertaan_kota(korban(berjalan).warga, kpj="12345678901")
	assert masuk(k, nik_korban="1234 5678 901").warga == korban(berjalan).warga


def test_the_number_of_the_rt_brings_it_there_and_without_one_dpmppa_is_told(k):
	nomor = str(frappe.db.get_value("RT", k.rt, "nomor"))
	assert masuk(k, nomor_rt=f"{nomor:0>3}").rt == k.rt
	p = masuk(k)
	assert p.rt is None and kabar(k.dpmppa, p.name) and not kabar(k.ketua, p.name)
	with sebagai(k.lurah):
		assert frappe.get_list(DOCTYPE, {"name": p.name}, order_by="name")
	with sebagai(k.ketua):
		assert not frappe.get_list(DOCTYPE, {"name": p.name}, order_by="name")


def test_an_official_writes_one_down_and_reads_the_ticket_out(k):
	data = isian(k, waktu_kejadian=add_to_date(now_datetime(), hours=-1))
	del data["tanggal"], data["jam"]
	with sebagai(k.ketua):
		doc = frappe.get_doc({"doctype": DOCTYPE, **data, "rt": k.rt}).insert()
		assert "ditampilkan sekali" in frappe.message_log[-1]
	assert (doc.cara, doc.kelurahan) == ("Meja", k.kelurahan)
	with sebagai(k.ketua), pytest.raises(frappe.PermissionError):
		frappe.get_doc({"doctype": DOCTYPE, **data, "rt": k.rt_tetangga}).insert()
	with sebagai(k.ketua), pytest.raises(frappe.PermissionError):
		doc.kronologi = "Diubah."
		doc.save()


def test_nothing_is_lost_when_no_worker_takes_it_up(k, monkeypatch):
	jawaban = terima(k)
	nama = pemberitahuan.menurut_tiket(jawaban.tiket.replace("-", ""))
	frappe.db.set_value(DOCTYPE, nama, "creation", add_to_date(now_datetime(), minutes=-4))
	diantre = []
	monkeypatch.setattr(frappe, "enqueue", lambda kerja, **isi: diantre.append(isi["nama"]))
	pemberitahuan.kenali_tertunda()
	assert nama in diantre


# --- one accident


def test_the_same_person_and_day_belong_together_and_the_same_name_in_the_kelurahan_too(k, berjalan):
	nik = korban(berjalan).nik
	pertama = masuk(k, nik_korban=nik)
	assert (
		masuk(k, nik_korban=nik, nama_korban="Orang Lain", kelurahan=k.kelurahan_lain).pertama == pertama.name
	)
	assert masuk(k, nama_korban="BUDI  tanpa akun").pertama == pertama.name
	kemarin = add_to_date(now_datetime(), days=-2)
	assert not masuk(k, nik_korban=nik, tanggal=f"{kemarin:%Y-%m-%d}").pertama
	assert not masuk(k, kelurahan=k.kelurahan_lain).pertama


def test_the_ketua_rt_makes_a_claim_of_it_and_all_notices_go_with_it(k, berjalan):
	orang = korban(berjalan)
	p = masuk(k, nik_korban=orang.nik, foto=_jpeg(), faskes="RSUD")
	lain = masuk(k, nik_korban=orang.nik, hubungan="Klinik atau rumah sakit")
	with sebagai(k.ketua):
		calon = ambil_alih.calon(p.name)
		assert [c["name"] for c in calon["peserta"]] == [orang.peserta] and calon["peserta"][0]["mencakup"]
		assert [s["name"] for s in calon["serupa"]] == [lain.name] and not calon["klaim"]
		klaim = frappe.get_doc("Klaim", ambil_alih.jadikan_klaim(p.name, orang.peserta, "JKK Perawatan"))
	assert (klaim.kronologi, klaim.hp_pelapor, klaim.faskes) == (p.kronologi, p.hp_pelapor, "RSUD")
	assert klaim.owner == k.ketua and klaim.foto == p.foto
	assert {frappe.db.get_value(DOCTYPE, n, ["status", "klaim"]) for n in (p.name, lain.name)} == {
		("Diteruskan", klaim.name)
	}
	assert pemberitahuan.lacak(p.flags.tiket) == pemberitahuan.lacak(lain.flags.tiket)
	assert "Lurah sedang memeriksanya" in pemberitahuan.lacak(p.flags.tiket)
	assert orang.nik not in pemberitahuan.lacak(p.flags.tiket) and klaim.nama not in pemberitahuan.lacak(
		p.flags.tiket
	)
	with sebagai(k.lurah):
		tercatat = ambil_alih.pemberitahuan_klaim(klaim.name)
	assert [t["hubungan"] for t in tercatat] == ["Keluarga", "Klinik atau rumah sakit"]
	assert tercatat[0]["diterima_pada"] < klaim.dilaporkan_pada
	with sebagai(k.ketua), pytest.raises(frappe.ValidationError, match=klaim.name):
		ambil_alih.jadikan_klaim(p.name, orang.peserta, "JKK Perawatan")
	assert not jejak.buktikan()["menyimpang"]


def test_a_report_from_the_phone_takes_the_open_notice_with_it(k, berjalan):
	p = masuk(k, nik_korban=korban(berjalan).nik)
	klaim = pabrik.klaim(k, berjalan)
	assert frappe.db.get_value(DOCTYPE, p.name, ["status", "klaim"]) == ("Diteruskan", klaim.name)


def test_a_notice_after_the_claim_names_it_and_is_joined_by_one_press(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	p = masuk(k, nik_korban=korban(berjalan).nik)
	assert (p.status, p.klaim) == ("Diterima", klaim.name)
	assert langkah(p, k.ketua, "Teruskan").status == "Diteruskan"


def test_a_notice_without_a_number_is_tied_to_a_person_and_joined(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	p = masuk(k, nama_korban=klaim.nama)
	with sebagai(k.lurah):
		assert [c["name"] for c in ambil_alih.calon(p.name)["klaim"]] == [klaim.name]
		ambil_alih.kaitkan_warga(p.name, klaim.warga)
		p.reload()
		assert (p.rt, p.klaim) == (k.rt, klaim.name) and kabar(k.ketua, p.name)
		assert ambil_alih.gabungkan(p.name, klaim.name) == klaim.name


def test_a_notice_is_not_joined_with_another_persons_claim_or_another_day(k, berjalan):
	klaim = pabrik.klaim(k, berjalan)
	lain = frappe.get_all(
		"Peserta", {"kegiatan": berjalan.name, "warga": ["!=", klaim.warga]}, pluck="warga", order_by="name"
	)[0]
	p = masuk(k, nik_korban=data_pribadi.milik(lain).nik)
	lama = masuk(k, nama_korban="Tak Dikenal", tanggal=f"{add_to_date(now_datetime(), days=-4):%Y-%m-%d}")
	with sebagai(k.lurah):
		for doc, kata in ((p, "warga lain"), (lama, "Hari kejadian")):
			with pytest.raises(frappe.ValidationError, match=kata):
				ambil_alih.gabungkan(doc.name, klaim.name)
	with sebagai(k.ketua), pytest.raises(KlaimGanda, match=klaim.name):
		ambil_alih.jadikan_klaim(p.name, klaim.peserta, "JKK Perawatan")


@pytest.mark.parametrize(("jabatan", "dari"), [("lurah", "Lurah"), ("dpmppa", "DPMPPA")])
def test_where_the_ketua_rt_does_nothing_others_make_the_claim_and_do_not_verify_it(
	k, berjalan, jabatan, dari
):
	user, orang = getattr(k, jabatan), korban(berjalan)
	p = masuk(k, nik_korban=orang.nik)
	with sebagai(user):
		klaim = frappe.get_doc("Klaim", ambil_alih.jadikan_klaim(p.name, orang.peserta, "JKK Perawatan"))
	assert (
		frappe.db.get_value("Jejak Keputusan", {"rujukan_nama": klaim.name, "aksi": "Buat"}, "jabatan")
		== dari
	)
	if jabatan == "dpmppa":
		klaim = langkah(klaim, k.lurah, "Verifikasi")
		assert langkah(klaim, k.dpmppa_lain, "Verifikasi").status == "Diverifikasi DPMPPA"
	else:
		with pytest.raises(frappe.ValidationError):
			langkah(klaim, k.lurah, "Verifikasi")


@pytest.mark.parametrize(
	"user", ["ketua_tetangga", "ketua_jauh", "lurah_lain", "pendamping", "bpjs", "pengawas", "admin"]
)
def test_nobody_else_takes_it_over(k, berjalan, user):
	p = masuk(k, nik_korban=korban(berjalan).nik)
	klaim_lain = frappe.generate_hash()
	with sebagai(getattr(k, user)):
		for kerja in (
			lambda: ambil_alih.jadikan_klaim(p.name, korban(berjalan).peserta, "JKK Perawatan"),
			lambda: ambil_alih.gabungkan(p.name, klaim_lain),
			lambda: ambil_alih.kaitkan_warga(p.name, p.warga),
		):
			with pytest.raises(frappe.PermissionError):
				kerja()


def test_a_notice_is_refused_with_a_reason_by_lurah_or_dpmppa_and_can_still_become_a_claim(k, berjalan):
	orang = korban(berjalan)
	p = masuk(k, nik_korban=orang.nik)
	for user, galat in ((k.ketua, frappe.ValidationError), (k.lurah, frappe.ValidationError)):
		with pytest.raises(galat):
			langkah(p, user, "Tolak")
	p.reload()
	p = langkah(p, k.lurah, "Tolak", alasan="Bukan kecelakaan kerja.")
	kata = pemberitahuan.lacak(p.flags.tiket or masuk_tiket(p))
	assert "tidak diteruskan" in kata and "Bukan kecelakaan" not in kata
	with sebagai(k.ketua):
		ambil_alih.jadikan_klaim(p.name, orang.peserta, "JKK Perawatan")
	assert frappe.db.get_value(DOCTYPE, p.name, "status") == "Diteruskan"


def masuk_tiket(p) -> str:
	"""Another ticket for a notice, whose own is known to the family alone."""
	tiket = pemberitahuan.tiket_dari(pemberitahuan.kunci_baru())
	frappe.db.set_value(DOCTYPE, p.name, "sidik_tiket", pemberitahuan.sidik("sidik tiket", tiket))
	return tiket


def test_who_is_of_the_family_refuses_nothing(k, berjalan):
	orang = korban(berjalan)
	p = masuk(k, nik_korban=orang.nik)
	tugas = frappe.get_doc("Penugasan", {"pengguna": k.lurah})
	tugas.nik = orang.nik
	tugas.save(ignore_permissions=True)
	with pytest.raises(BenturanKepentingan):
		langkah(p, k.lurah, "Tolak", alasan="Bukan kecelakaan kerja.")


def test_who_reads_no_health_data_sees_no_story(k, berjalan):
	p = masuk(k, nik_korban=korban(berjalan).nik)
	with sebagai(k.pengawas):
		doc = frappe.get_doc(DOCTYPE, p.name)
		doc.apply_fieldlevel_read_permissions()
		assert not any(
			doc.get(f) for f in ("kronologi", "hp_pelapor", "nik_samar", "nama_pelapor", "sidik_tiket")
		)
	with sebagai(k.ketua):
		doc = frappe.get_doc(DOCTYPE, p.name)
		doc.apply_fieldlevel_read_permissions()
		assert doc.kronologi and not doc.get("sidik_tiket") and not doc.get("sidik_nik")
		assert data_pribadi.buka(DOCTYPE, p.name, ["nik_korban"], "Mencocokkan dengan KTP.") == {
			"nik_korban": korban(berjalan).nik
		}
	assert frappe.db.count("Akses Data Pribadi", {"rujukan_nama": p.name, "pengguna": k.ketua}) == 2


# --- the clock


def test_reminders_climb_until_somebody_acts(k, berjalan):
	p = masuk(k, nik_korban=korban(berjalan).nik)

	def dikabari(jam: int) -> set[str]:
		frappe.db.delete("Notification Log", {"document_name": p.name})
		batas = add_to_date(now_datetime(), hours=jam)
		frappe.db.set_value(DOCTYPE, p.name, "batas_tahap_satu", batas)
		pemberitahuan.ingatkan()
		return {j for j in ("ketua", "lurah", "dpmppa", "pengawas") if kabar(getattr(k, j), p.name)}

	assert dikabari(40) == set()
	assert dikabari(20) == {"ketua", "lurah"}
	assert dikabari(20) == set()  # told once
	assert dikabari(10) == {"ketua", "lurah", "dpmppa"}
	assert dikabari(-1) == {"ketua", "lurah", "dpmppa", "pengawas"}
	pabrik.klaim(k, berjalan)
	frappe.db.set_value(DOCTYPE, p.name, "pengingat", 0)
	assert dikabari(10) == set()


# --- retention


def test_old_notices_lose_their_names_with_the_person_or_alone(k, berjalan):
	dikenal, lain = masuk(k, nik_korban=korban(berjalan).nik, foto=_jpeg()), masuk(k)
	retensi._anonimkan([dikenal.warga], [], {})
	retensi.anonimkan_pemberitahuan([lain.name])
	for p in (dikenal, lain):
		p.reload()
		assert p.nama_korban == retensi.TANPA_NAMA and p.kronologi == p.hp_pelapor == retensi.TANPA_ISI
		assert not (
			p.foto or p.nik_samar or p.sidik_nik or p.get_password("nik_korban", raise_exception=False)
		)
	assert not frappe.db.exists("File", {"attached_to_name": dikenal.name})


# --- over HTTP, from phones


@pytest.fixture
def di_server(kampung_uji, server):
	frappe.set_user("Administrator")
	frappe.db.rollback()
	yield kampung_uji
	frappe.db.rollback()


def kirim(server: str, data: dict, **lain):
	return Orang(server).post(
		f"{server}/lapor-kecelakaan", data, headers={"Accept": "text/html"}, timeout=60, **lain
	)


def test_the_page_works_without_scripts_keeps_what_was_typed_and_gives_a_ticket(server, di_server):
	k = di_server[0]
	halaman = Orang(server).get(f"{server}/lapor-kecelakaan", timeout=60)
	pohon = html.fromstring(halaman.text)
	formulir = pohon.forms[0]
	assert (formulir.method, formulir.action, pohon.xpath("//script")) == ("POST", "/lapor-kecelakaan", [])
	data = {"kunci": formulir.fields["kunci"], **isian(k)}
	salah = kirim(server, {**data, "hp_pelapor": "12", "nama_korban": '<b>"Budi"</b>'})
	assert salah.status_code == 422 and "&lt;b&gt;" in salah.text and "Gang Melati" in salah.text
	terkirim = kirim(server, data, files={"foto": ("foto.jpg", _jpeg())})
	tiket = html.fromstring(terkirim.text).find_class("tiket")[0].text
	assert terkirim.status_code == 200
	ulang = kirim(server, data)
	assert tiket in ulang.text and "sebelumnya" in ulang.text
	tamu = Orang(server)
	assert "diterima pada" in tamu.post(f"{server}/lacak", {"tiket": tiket}, timeout=60).text
	lain = [tamu.post(f"{server}/lacak", {"tiket": t}, timeout=60) for t in ("ABCD-EFGH-JKMN", "x")]
	assert {j.status_code for j in lain} == {404} and "tidak dikenal" in lain[0].text
	lewat_alamat = tamu.get(f"{server}/lacak", params={"tiket": tiket}, timeout=60)
	assert "diterima pada" not in lewat_alamat.text and tiket not in lewat_alamat.text


def test_a_notice_has_no_other_door_for_guests(server, di_server):
	tamu = Orang(server)
	for alamat in (f"/api/resource/{DOCTYPE}", f"/api/resource/{DOCTYPE}/x"):
		assert tamu.get(f"{server}{alamat}", timeout=60).status_code in (401, 403, 404)
	assert (
		tamu.post(f"{server}/api/resource/{DOCTYPE}", json=isian(di_server[0]), timeout=60).status_code == 403
	)
	for metode in ("pemberitahuan.lacak", "pemberitahuan.terima", "ambil_alih.calon"):
		assert tamu.panggil(f"kampung_bahagia.klaim.{metode}").status_code == 403


def test_of_many_presses_at_once_one_notice_is_left(server, di_server):
	data = {"kunci": pemberitahuan.kunci_baru(), **isian(di_server[0])}
	with ThreadPoolExecutor(4) as para:
		jawaban = list(para.map(lambda _: kirim(server, data), range(6)))
	assert {j.status_code for j in jawaban} == {200}
	assert len({html.fromstring(j.text).find_class("tiket")[0].text for j in jawaban}) == 1
	frappe.db.rollback()
	assert frappe.db.count(DOCTYPE, {"hp_pelapor": pemberitahuan.nomor_hp_e164(data["hp_pelapor"])}) == 1


def test_a_report_and_a_notice_at_one_moment_end_in_one_claim_with_the_notice(situs, kampung_uji):
	k = kampung_uji[0]
	frappe.set_user("Administrator")
	frappe.db.rollback()
	berjalan = pabrik.kegiatan_berjalan(k)
	orang = korban(berjalan)
	jawaban = terima(k, nik_korban=orang.nik)
	nama = pemberitahuan.menurut_tiket(jawaban.tiket.replace("-", ""))
	frappe.db.commit()
	urutan = iter(("laporan", "dikenali"))

	def kerja():
		if next(urutan) == "laporan":
			frappe.get_doc(pabrik.data_klaim(berjalan)).insert()
		else:
			pemberitahuan.kenali(nama)

	assert serentak(situs, k.ketua, kerja) == ["lolos", "lolos"]
	klaim = frappe.get_all("Klaim", {"warga": orang.warga}, pluck="name", order_by="name")
	assert len(klaim) == 1
	assert frappe.db.get_value(DOCTYPE, nama, "klaim") == klaim[0]


def test_two_officials_who_take_it_over_at_one_moment_leave_one_claim(situs, kampung_uji):
	k = kampung_uji[0]
	frappe.set_user("Administrator")
	frappe.db.rollback()
	berjalan = pabrik.kegiatan_berjalan(k)
	orang = korban(berjalan)
	p = masuk(k, nik_korban=orang.nik)
	frappe.db.commit()
	hasil = serentak(situs, k.ketua, lambda: ambil_alih.jadikan_klaim(p.name, orang.peserta, "JKK Perawatan"))
	assert sorted(hasil) == ["ValidationError", "lolos"]
	assert frappe.db.count("Klaim", {"warga": orang.warga}) == 1


def test_offices_that_are_not_there_are_refused_in_words(k, berjalan):
	p = masuk(k, nik_korban=korban(berjalan).nik)
	with sebagai("Administrator"), pytest.raises(JabatanTidakBerwenang, match="Ketua RT"):
		ambil_alih.jadikan_klaim(p.name, korban(berjalan).peserta, "JKK Perawatan")
