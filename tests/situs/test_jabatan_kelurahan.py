"""All offices of a kelurahan on one page: seen, given, handed over and ended under Penugasan's own rules."""

from __future__ import annotations

from io import BytesIO

import frappe
import pytest
from frappe.core.doctype.user.user import User, _get_user_for_update_password
from frappe.utils import add_days, add_to_date, getdate, nowdate
from frappe.utils.password import update_password
from freezegun import freeze_time
from pypdf import PdfReader

from kampung_bahagia.izin.akun import buat_tautan_sandi
from kampung_bahagia.tata_kelola.masa_berlaku import MasaBerlakuTumpangTindih
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import pengguna, penugasan, sebagai
from kampung_bahagia.wilayah.akun import AkunTidakSah, TautanDitolak, kirim_undangan, tautan_sandi
from kampung_bahagia.wilayah.page.jabatan_kelurahan import jabatan_kelurahan as halaman

DASAR = {"dasar_hukum": "SK Uji"}


def jabatan(k, rt: str, jenis: str = "ketua") -> list:
	with sebagai(k.dpmppa):
		return next(r for r in halaman.daftar(k.kelurahan)["rt"] if r.name == rt)[jenis]


def test_the_page_shows_lurah_heads_helpers_and_gaps(k):
	kosong = pabrik.rt(k.kelurahan).name
	lama = pabrik.rt(k.kelurahan, berlaku_mulai="2020-01-01", berlaku_sampai="2024-12-31").name
	with sebagai(k.dpmppa):
		d = halaman.daftar(k.kelurahan)
	assert [m.pengguna for m in d["lurah"]] == [k.lurah]
	rt = {r.name: r for r in d["rt"]}
	assert [m.pengguna for m in rt[k.rt].ketua] == [k.ketua]
	assert [m.pengguna for m in rt[k.rt].pendamping] == [k.pendamping]
	assert rt[kosong].ketua == []
	assert k.rt_jauh not in rt and lama not in rt


def test_a_kelurahan_takes_as_few_queries_with_many_rt_as_with_few(k, monkeypatch):
	def hitung() -> int:
		jumlah = []
		asli = frappe.db.sql
		with monkeypatch.context() as m, sebagai(k.dpmppa):
			halaman.daftar(k.kelurahan)
			m.setattr(frappe.db, "sql", lambda *a, **b: jumlah.append(1) or asli(*a, **b))
			halaman.daftar(k.kelurahan)
		return len(jumlah)

	sedikit = hitung()
	for _ in range(8):
		pabrik.rt(k.kelurahan)
	assert hitung() == sedikit


def test_who_checks_files_without_a_recorded_nik_is_marked(k):
	def tanda() -> dict[str, bool]:
		with sebagai(k.dpmppa):
			d = halaman.daftar(k.kelurahan)
		rt = next(r for r in d["rt"] if r.name == k.rt)
		return {m.pengguna: m.tanpa_nik for m in (*d["lurah"], *rt.ketua, *rt.pendamping)}

	assert tanda() == {k.lurah: True, k.ketua: False, k.pendamping: True}  # a Ketua RT checks nothing
	# an earlier office counts: its holder's family is the same
	penugasan(k.lurah, "Pengawas", mulai="2024-01-01", sampai="2024-12-31", nik="1571011708800001")
	assert tanda()[k.lurah] is False


def test_nobody_else_sees_or_changes_it(k):
	p = jabatan(k, k.rt)[0].penugasan
	for user in (k.ketua, k.pendamping, k.lurah, k.bpjs, k.pengawas):
		with sebagai(user):
			for coba in (
				lambda: halaman.daftar(k.kelurahan),
				lambda: halaman.tunjuk("Pendamping", k.rt, nowdate(), nama="X", no_hp="081211112222"),
				lambda: halaman.ganti(p, nowdate(), nama="X", no_hp="081211112222"),
				lambda: halaman.akhiri(p, nowdate()),
				lambda: halaman.slip_masuk(k.kelurahan),
			):
				with pytest.raises(frappe.PermissionError):
					coba()
	assert not frappe.db.exists("User", {"mobile_no": "081211112222"})


def test_handing_over_ends_the_one_and_begins_the_other(k):
	lama = jabatan(k, k.rt)[0]
	mulai = add_days(nowdate(), 3)
	with sebagai(k.dpmppa):
		baru = halaman.ganti(
			lama.penugasan, mulai, nama="Ketua Baru", surel="Ketua.Baru@uji.invalid", **DASAR
		)
	assert baru == "ketua.baru@uji.invalid"
	masa = jabatan(k, k.rt)
	assert [(m.pengguna, m.kelak) for m in masa] == [(k.ketua, False), (baru, True)]
	assert masa[0].sampai == getdate(add_days(mulai, -1))


def test_a_handing_over_that_fails_leaves_the_present_term_alone(k):
	lama = jabatan(k, k.rt)[0]
	frappe.db.savepoint("permintaan")
	with sebagai(k.dpmppa), pytest.raises(frappe.MandatoryError, match="Dasar Penugasan"):
		halaman.ganti(lama.penugasan, add_days(nowdate(), 3), nama="Ketua Baru", no_hp="081211112222")
	frappe.db.rollback(save_point="permintaan")  # as the framework ends a request that failed
	assert jabatan(k, k.rt)[0].sampai is None
	with sebagai(k.dpmppa), pytest.raises(frappe.ValidationError, match="paling cepat"):
		halaman.ganti(lama.penugasan, "2024-01-01", pengguna=pengguna("p"), **DASAR)


def test_one_helper_for_several_rt_or_for_none(k):
	user = pengguna("pendamping-baru")
	with sebagai(k.dpmppa):
		halaman.tunjuk("Pendamping", [k.rt, k.rt_tetangga], nowdate(), pengguna=user)
		assert [m.pengguna for m in jabatan(k, k.rt_tetangga, "pendamping")] == [user]
		with pytest.raises(MasaBerlakuTumpangTindih):
			halaman.tunjuk("Pendamping", frappe.as_json([k.rt_jauh, k.rt]), nowdate(), pengguna=user)


def test_an_office_of_the_city_is_not_given_here(k):
	with sebagai(k.dpmppa), pytest.raises(frappe.ValidationError, match="per kelurahan"):
		halaman.tunjuk("Admin Kampung Bahagia", k.rt, nowdate(), pengguna=k.ketua)


def test_nobody_appoints_themselves(k):
	with sebagai(k.dpmppa), pytest.raises(frappe.PermissionError, match="pejabat lain"):
		halaman.tunjuk("Pendamping", k.rt, nowdate(), pengguna=k.dpmppa)


def test_a_term_is_ended_and_one_still_to_come_is_taken_back(k):
	with sebagai(k.dpmppa):
		halaman.akhiri(jabatan(k, k.rt)[0].penugasan, add_days(nowdate(), 1))
		halaman.tunjuk("Ketua RT", k.rt, add_days(nowdate(), 5), pengguna=pengguna("kelak"), **DASAR)
		kelak = jabatan(k, k.rt)[1]
		halaman.akhiri(kelak.penugasan, nowdate())
	masa = jabatan(k, k.rt)
	assert [m.pengguna for m in masa] == [k.ketua]
	assert masa[0].sampai == getdate(add_days(nowdate(), 1))


@pytest.mark.parametrize(
	"nilai, kata",
	[
		({"nama": "", "surel": "a@b.id"}, "Nama belum diisi"),
		({"nama": "A"}, "surel atau nomor HP"),
		({"nama": "A", "surel": "tanpa-at"}, "Alamat surel tidak dikenali"),
		({"nama": "A", "no_hp": "0741"}, "(?i)nomor"),
		({"nama": "<script>", "surel": "a@b.id"}, "tanda yang tidak lazim"),
		({"nama": "A", "surel": "Administrator"}, "Alamat surel tidak dikenali"),
	],
)
def test_an_account_that_cannot_be_is_refused(k, nilai, kata):
	with sebagai(k.dpmppa), pytest.raises(AkunTidakSah, match=kata):
		halaman.tunjuk("Pendamping", k.rt, nowdate(), **nilai)


def test_an_account_is_made_once(k):
	with sebagai(k.dpmppa):
		halaman.tunjuk("Pendamping", k.rt_jauh, nowdate(), nama="A", no_hp="0812-1111-2222")
		for akun in (
			{"surel": k.ketua},
			{"no_hp": "0812-1111-2222"},
			{"surel": "x@uji.invalid", "no_hp": "081211112222"},
		):
			with pytest.raises(AkunTidakSah, match="sudah"):
				halaman.tunjuk("Pendamping", k.rt, nowdate(), nama="A", **akun)


# --- slips ----------------------------------------------------------------------------


@pytest.fixture
def ber_slip(k):
	"""Everyone of the kelurahan has a password but two: one by address, one by number."""
	with sebagai(k.dpmppa):
		surel = halaman.tunjuk(
			"Pendamping", [k.rt, k.rt_tetangga], nowdate(), nama="Siti Aminah", surel="siti@uji.invalid"
		)
		hp = halaman.tunjuk(
			"Ketua RT", pabrik.rt(k.kelurahan).name, nowdate(), nama="Budi", no_hp="081234560009", **DASAR
		)
	for user in (k.lurah, k.ketua, k.ketua_tetangga, k.pendamping):
		update_password(user, "Uji-Kampung-2026!")
	return surel, hp


def test_slips_go_to_those_who_have_no_password_and_open_each_account_once(k, ber_slip):
	with sebagai(k.dpmppa):
		slip = halaman.susun_slip(k.kelurahan)
	assert {s["nama"] for s in slip} == {"Siti Aminah", "Budi"}
	kunci = slip[0]["tautan"].split("key=")[1]
	siti = next(s for s in slip if s["nama"] == "Siti Aminah")
	assert len(siti["jabatan"]) == 2
	assert _get_user_for_update_password(kunci, None)["user"] in ber_slip
	assert all("pukul" in s["berlaku"] for s in slip)
	with sebagai(k.dpmppa):
		lagi = halaman.susun_slip(k.kelurahan)
	assert {s["tautan"] for s in lagi}.isdisjoint({s["tautan"] for s in slip})
	assert not _get_user_for_update_password(kunci, None).get("user")  # the earlier link is void


def test_a_slip_lives_for_days_and_then_ends(k, ber_slip):
	with sebagai(k.dpmppa):
		kunci = halaman.susun_slip(k.kelurahan)[0]["tautan"].split("key=")[1]
	for hari, hidup in ((2, True), (4, False)):
		with freeze_time(add_to_date(None, days=hari, as_string=False)):
			assert bool(_get_user_for_update_password(kunci, None).get("message")) != hidup


def test_who_signs_in_by_number_reads_the_number(k, ber_slip):
	frappe.db.set_single_value("System Settings", "allow_login_using_mobile_number", 1)
	with sebagai(k.dpmppa):
		assert {s["pengguna"] for s in halaman.susun_slip(k.kelurahan)} == {
			"siti@uji.invalid",
			"081234560009",
		}


def test_no_slip_opens_an_account_that_has_a_password(k, ber_slip):
	for user in ber_slip:
		update_password(user, "Uji-Kampung-2026!")
	with sebagai(k.dpmppa), pytest.raises(halaman.TidakAdaSlip):
		halaman.slip_masuk(k.kelurahan)


def test_the_pdf_holds_each_slip_and_no_name_in_its_code(k, ber_slip):
	with sebagai(k.dpmppa):
		halaman.slip_masuk(k.kelurahan)
	pdf = PdfReader(BytesIO(frappe.local.response.filecontent))
	assert len(pdf.pages) == 1
	teks = " ".join(pdf.pages[0].extract_text().split())
	for bagian in ("Siti Aminah", "Budi", "siti@uji.invalid", "sekali pakai"):
		assert bagian in teks
	assert teks.replace(" ", "").count("/update-password?key=") == 2


def pengelola_sistem(k, user: str) -> None:
	frappe.get_doc("User", user).add_roles("System Manager")


def pernah_berjabatan_lain(k, user: str) -> None:
	penugasan(user, "Pengawas", mulai="2024-01-01", sampai="2024-12-31")


def kelak_berjabatan_lain(k, user: str) -> None:
	penugasan(user, "DPMPPA", mulai=add_days(nowdate(), 30))


def nonaktif(k, user: str) -> None:
	frappe.db.set_value("User", user, "enabled", 0)


def bersandi(k, user: str) -> None:
	update_password(user, "Uji-Kampung-2026!")


@pytest.mark.parametrize(
	"keadaan", [pengelola_sistem, pernah_berjabatan_lain, kelak_berjabatan_lain, nonaktif, bersandi]
)
@pytest.mark.parametrize("mulai", [0, 2])
def test_an_office_given_to_an_account_that_opens_more_gives_no_link_to_it(k, ber_slip, keadaan, mulai):
	user = pengguna("akun-lain")
	with sebagai(k.dpmppa):
		halaman.tunjuk("Pendamping", k.rt, add_days(nowdate(), mulai), pengguna=user)
	keadaan(k, user)
	assert_tanpa_tautan(k, user)


def assert_tanpa_tautan(k, user: str) -> None:
	frappe.db.set_value("User", user, "reset_password_key", None)
	with sebagai(k.dpmppa):
		assert user not in {s["pengguna"] for s in halaman.susun_slip(k.kelurahan)}
		for pintu in (tautan_sandi, kirim_undangan):
			with pytest.raises(TautanDitolak):
				pintu(user)
	assert not frappe.db.get_value("User", user, "reset_password_key")


def test_a_link_comes_no_earlier_than_it_can_live_until_the_term_begins(k, ber_slip):
	lama, dekat = pengguna("belum-waktunya"), pengguna("sudah-dekat")
	with sebagai(k.dpmppa):
		halaman.tunjuk("Pendamping", k.rt, add_days(nowdate(), 4), pengguna=lama)
		halaman.tunjuk("Pendamping", k.rt, add_days(nowdate(), 3), pengguna=dekat)
		assert dekat in {s["pengguna"] for s in halaman.susun_slip(k.kelurahan)}
	assert_tanpa_tautan(k, lama)


def test_no_office_at_all_gives_no_link(k, ber_slip):
	assert_tanpa_tautan(k, pengguna("tanpa-jabatan"))


@pytest.mark.parametrize("ada, tiada", [("_reset_password", "reset_password"), ("reset_password", None)])
def test_a_link_is_made_by_either_name_of_the_frameworks_method(k, monkeypatch, ada, tiada):
	asli = getattr(User, "_reset_password", None) or User.reset_password
	monkeypatch.setattr(User, ada, asli, raising=False)
	if tiada:
		monkeypatch.delattr(User, tiada, raising=False)
	assert "key=" in buat_tautan_sandi(frappe.get_doc("User", k.lurah), send_email=False)
