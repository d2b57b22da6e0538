"""The gate and the framework's doors behind it, over HTTP as a browser or a script would come."""

from __future__ import annotations

import json
from collections.abc import Callable

import frappe
import pytest
import requests
from frappe.utils.password import update_password

from kampung_bahagia.izin import pintu
from kampung_bahagia.tests import pabrik
from tests.situs.orang import SANDI, Orang

RAHASIA = "rahasia-tetangga"


@pytest.fixture(scope="module")
def k(kampung_uji):
	"""Officials who can sign in, committed."""
	k = kampung_uji[0]
	frappe.set_user("Administrator")
	for user in (k.ketua, k.ketua_jauh, k.lurah, k.dpmppa, k.admin):
		update_password(user, SANDI)
	frappe.db.commit()
	return k


@pytest.fixture(scope="module")
def berkas(kampung_uji) -> str:
	"""A kegiatan of the Ketua RT, which the Ketua RT of another kelurahan may not see."""
	return kampung_uji[1]["disetujui"]


@pytest.fixture(scope="module")
def masuk(k, server: str) -> Callable[[str], Orang]:
	kenal: dict[str, Orang] = {}
	return lambda user: kenal.setdefault(user, Orang(server, user))


@pytest.fixture(scope="module")
def asing(masuk, k) -> Orang:
	return masuk(k.ketua_jauh)


@pytest.fixture(scope="module")
def pemilik(masuk, k) -> Orang:
	return masuk(k.ketua)


@pytest.fixture(scope="module")
def tamu(server: str) -> Orang:
	return Orang(server)


def tolak(answer: requests.Response) -> None:
	assert answer.status_code == 403, answer.text
	assert "Traceback" not in answer.text


PADA_BERKAS = [
	("frappe.desk.form.utils.add_comment", {"content": "x", "comment_email": "a@b.c", "comment_by": "x"}),
	("frappe.desk.doctype.tag.tag.add_tag", {"tag": "x"}),
	("frappe.desk.doctype.tag.tag.remove_tag", {"tag": "x"}),
	("frappe.desk.like.toggle_like", {"add": "Yes"}),
	("frappe.desk.form.assign_to.add", {"assign_to": "[]"}),
	("frappe.desk.form.assign_to.remove", {"assign_to": "a@b.c"}),
	("frappe.desk.form.document_follow.update_follow", {"following": "1"}),
	("frappe.desk.form.load.get_docinfo", {}),
	("frappe.desk.form.load.getdoc", {}),
	("frappe.desk.link_preview.get_preview_data", {}),
	("frappe.client.validate_link", {}),
	("frappe.share.add", {"user": "a@b.c", "read": 1}),
	("frappe.share.get_users", {}),
	("frappe.share.set_permission", {"user": "a@b.c", "permission_to": "read"}),
]


@pytest.mark.parametrize(("nama", "isi"), PADA_BERKAS, ids=[nama for nama, _ in PADA_BERKAS])
def test_door_is_shut_on_a_document_of_another_area(asing: Orang, berkas: str, nama: str, isi: dict) -> None:
	names = dict.fromkeys(("name", "docname", "dn", "doc_name", "reference_name"), berkas)
	types = dict.fromkeys(("doctype", "dt", "reference_doctype"), "Kegiatan")
	tolak(asing.panggil(nama, **names, **types, **isi))


@pytest.mark.parametrize(
	("nama", "isi"),
	[
		(
			"frappe.desk.form.utils.add_comment",
			{"content": "Baik.", "comment_email": "a@b.c", "comment_by": "x"},
		),
		("frappe.desk.doctype.tag.tag.add_tag", {"tag": "penting"}),
		("frappe.desk.like.toggle_like", {"add": "Yes"}),
		("frappe.desk.form.load.get_docinfo", {}),
		("frappe.desk.form.load.getdoc", {}),
	],
)
def test_door_is_open_on_an_own_document(pemilik: Orang, berkas: str, nama: str, isi: dict) -> None:
	names = dict.fromkeys(("name", "docname", "dn", "reference_name"), berkas)
	types = dict.fromkeys(("doctype", "dt", "reference_doctype"), "Kegiatan")
	answer = pemilik.panggil(nama, **names, **types, **isi)
	assert answer.status_code == 200, answer.text


def test_several_documents_are_each_looked_at(asing: Orang, berkas: str) -> None:
	tolak(
		asing.panggil(
			"frappe.desk.doctype.tag.tag.add_tags", dt="Kegiatan", docs=json.dumps([berkas]), tags='["x"]'
		)
	)
	tolak(
		asing.panggil(
			"frappe.desk.form.assign_to.add_multiple",
			doctype="Kegiatan",
			name=json.dumps([berkas]),
			assign_to="[]",
		)
	)


@pytest.mark.parametrize("doctype", ["Comment", "Communication", "ToDo", "DocShare"])
def test_nothing_is_hung_on_a_document_of_another_area(asing: Orang, berkas: str, doctype: str) -> None:
	doc = {
		"doctype": doctype,
		"comment_type": "Comment",
		"content": "x",
		"subject": "x",
		"description": "x",
		"user": "Guest",
		"allocated_to": "Administrator",
		**dict.fromkeys(("reference_doctype", "reference_type", "share_doctype"), "Kegiatan"),
		**dict.fromkeys(("reference_name", "share_name"), berkas),
	}
	tolak(asing.panggil("frappe.client.insert", doc=json.dumps(doc)))
	tolak(asing.post(f"{asing.server}/api/resource/{doctype}", json=doc, timeout=60))


def test_made_up_document_runs_nothing(asing: Orang, berkas: str) -> None:
	for doc in (
		{"doctype": "File", "name": "x", "file_url": "/private/files/x.png"},
		{"doctype": "Kegiatan", "name": berkas, "rt": "x", "modified": "2026-01-01"},
		{"doctype": "User", "name": "Administrator"},
	):
		for nama in ("run_doc_method", "runserverobj", "frappe.handler.run_doc_method"):
			tolak(asing.panggil(nama, docs=json.dumps(doc), method="get_title"))


@pytest.mark.parametrize(
	"nama",
	[
		"frappe.core.doctype.user.user.get_roles",
		"frappe.core.doctype.user.user.generate_keys",
		"frappe.email.get_contact_list",
		"frappe.core.doctype.communication.email.make",
		"frappe.desk.page.user_profile.user_profile.get_energy_points_list",
		"frappe.social.doctype.energy_point_log.energy_point_log.get_user_energy_and_review_points",
		"frappe.utils.diff.version_query",
		"frappe.translate.update_translations_for_source",
	],
)
def test_parts_of_the_framework_that_no_office_needs_are_closed(asing: Orang, masuk, k, nama: str) -> None:
	for orang in (asing, masuk(k.admin)):
		tolak(orang.panggil(nama))
		tolak(orang.post(orang.server, {"cmd": nama}, timeout=60))
		tolak(orang.post(f"{orang.server}/api/method/{nama}/x", {}, timeout=60))


def test_second_name_of_a_method_opens_nothing(asing: Orang, berkas: str) -> None:
	tolak(
		asing.panggil(
			"frappe.desk.form.assign_to.follow_document", doctype="Kegiatan", doc_name="x", user="x"
		)
	)
	kembar = {
		n for n, asli in nama_lain().items() if asli in frappe.get_hooks("override_whitelisted_methods")
	}
	for nama in kembar:
		tolak(asing.panggil(nama, doctype="Kegiatan", docname=berkas, name=berkas))


def nama_lain() -> dict[str, str]:
	"""Every name by which a loaded module offers a whitelisted method defined elsewhere."""
	import sys

	boleh = {id(f) for f in frappe.whitelisted}
	return {
		f"{modul}.{nama}": asli
		for modul, isi in list(sys.modules.items())
		if modul.startswith("frappe.") and isi
		for nama, fungsi in list(vars(isi).items())
		if id(fungsi) in boleh and (asli := f"{fungsi.__module__}.{fungsi.__qualname__}") != f"{modul}.{nama}"
	}


@pytest.mark.parametrize("argumen", ["method", "query"])
def test_method_named_in_an_argument_passes_the_same_gate(asing: Orang, argumen: str) -> None:
	nama = "frappe.core.doctype.user.user.get_roles"
	for pintu_lain in ("upload_file", "uploadfile", "frappe.desk.search.search_link"):
		tolak(asing.panggil(pintu_lain, doctype="User", txt="", uid="Administrator", **{argumen: nama}))


def test_link_search_keeps_to_the_own_area(asing: Orang, k) -> None:
	for nama in ("search_link", "search_widget"):
		answer = asing.panggil(
			f"frappe.desk.search.{nama}", doctype="Warga", txt="", page_length=1000, ignore_user_permissions=1
		)
		assert answer.status_code == 200, answer.text
		hasil = answer.json().get("results") or answer.json().get("values") or []
		nama_warga = {h["value"] if isinstance(h, dict) else h[0] for h in hasil}
		luar = set(frappe.get_all("Warga", {"kelurahan": k.kelurahan}, pluck="name", order_by="name"))
		assert luar
		assert not nama_warga & luar


def test_counts_are_of_visible_rows(asing: Orang, pemilik: Orang, berkas: str) -> None:
	for orang, jumlah in ((asing, 0), (pemilik, 1)):
		answer = orang.panggil(
			"frappe.client.get_count", doctype="Kegiatan", filters=json.dumps({"name": berkas})
		)
		assert answer.json()["message"] == jumlah, answer.text


def test_global_search_finds_visible_documents(asing: Orang, pemilik: Orang, berkas: str) -> None:
	frappe.db.sql(
		"insert into `__global_search` (doctype, name, content) values (%s, %s, %s)",
		("Kegiatan", berkas, f"Judul : {RAHASIA}"),
	)
	pengaturan = frappe.get_doc("Global Search Settings")
	if "Kegiatan" not in [d.document_type for d in pengaturan.allowed_in_global_search]:
		pengaturan.append("allowed_in_global_search", {"document_type": "Kegiatan"})
		pengaturan.save()
	frappe.db.commit()
	for orang, ada in ((asing, False), (pemilik, True)):
		answer = orang.panggil("frappe.utils.global_search.search", text=RAHASIA, limit=20)
		assert (RAHASIA in answer.text) is ada, answer.text


def test_a_search_for_less_than_nothing_is_answered(pemilik: Orang) -> None:
	for metode, isi in (
		("frappe.utils.global_search.search", {"text": "a", "start": -3, "limit": -2}),
		("frappe.desk.search.search_link", {"doctype": "RT", "txt": "", "page_length": -2}),
		("frappe.desk.search.search_widget", {"doctype": "RT", "txt": "", "start": -3, "page_length": -2}),
	):
		assert (answer := pemilik.panggil(metode, **isi)).status_code == 200, answer.text


@pytest.mark.parametrize(
	"doctype", ["Tag Link", "Document Follow", "Energy Point Log", "Note", "Event", "User Group"]
)
def test_what_shows_others_is_empty_for_offices(asing: Orang, doctype: str) -> None:
	answer = asing.ambil(f"/api/resource/{doctype}")
	assert answer.status_code == 403 or answer.json()["data"] == [], answer.text


@pytest.mark.parametrize(
	"doctype",
	["Role", "Version", "Error Log", "Email Queue", "Deleted Document", "Access Log", "Has Role", "DocPerm"],
)
def test_records_of_the_framework_are_closed_to_offices(asing: Orang, doctype: str) -> None:
	tolak(asing.ambil(f"/api/resource/{doctype}"))
	tolak(asing.panggil("frappe.desk.reportview.get", doctype=doctype, fields='["name"]'))


def test_officials_are_not_listed_to_each_other(asing: Orang, masuk, k) -> None:
	for alamat in (
		"/api/resource/User?limit_page_length=0",
		"/api/method/frappe.desk.search.search_link?doctype=User&txt=&page_length=1000",
		"/api/method/frappe.desk.search.get_names_for_mentions?search_term=",
		"/api/method/frappe.core.doctype.user.user.user_query?doctype=User&txt=&searchfield=name&start=0&page_len=99&filters=",
	):
		answer = asing.ambil(alamat)
		assert k.lurah not in answer.text, alamat
		assert k.ketua not in answer.text, alamat
		for pengelola in (k.dpmppa, k.admin):
			if "desk.search" in alamat:
				assert k.lurah in masuk(pengelola).ambil(alamat).text, (pengelola, alamat)
	tolak(asing.ambil(f"/api/resource/User/{k.lurah}"))


def test_upload_of_an_office_is_never_public(asing: Orang) -> None:
	answer = asing.post(
		f"{asing.server}/api/method/upload_file",
		{"is_private": 0},
		files={"file": ("umum.txt", b"isi", "text/plain")},
		timeout=60,
	)
	file = answer.json()["message"]
	assert file["is_private"] == 1
	assert file["file_url"].startswith("/private/files/")
	asing.put(f"{asing.server}/api/resource/File/{file['name']}", json={"is_private": 0}, timeout=60)
	assert asing.ambil(f"/api/resource/File/{file['name']}").json()["data"]["is_private"] == 1


def test_session_in_an_address_is_refused(asing: Orang, tamu: Orang) -> None:
	tolak(tamu.ambil("/api/method/frappe.auth.get_logged_user", sid=asing.cookies["sid"]))
	assert asing.cookies["sid"] != tamu.cookies.get("sid")


def test_prepared_report_of_another_is_refused(asing: Orang, situs) -> None:
	doc = frappe.get_doc({"doctype": "Prepared Report", "report_name": "Cakupan Perlindungan"})
	doc.name = frappe.generate_hash(length=10)
	doc.db_insert()
	frappe.db.commit()
	tolak(
		asing.panggil(
			"frappe.desk.query_report.run",
			report_name="Cakupan Perlindungan",
			filters=json.dumps({"prepared_report_name": doc.name}),
		)
	)


def test_guests_reach_only_what_is_listed(tamu: Orang) -> None:
	"""Every method of the framework and of the app that lets guests in, and that is not on the list."""
	import importlib
	import pkgutil

	for paket in ("frappe", "kampung_bahagia"):
		for modul in pkgutil.walk_packages(__import__(paket).__path__, f"{paket}."):
			if not any(
				s in modul.name for s in ("test", "commands", "patches", "demo", ".www.", "utils.bench")
			):
				try:
					importlib.import_module(modul.name)
				except Exception:  # noqa: S112 a module that cannot be loaded offers nothing
					continue
	nama = {f"{f.__module__}.{f.__qualname__}" for f in frappe.guest_methods}
	assert len(nama) > 30
	milik_kita = {n for n in nama if n.startswith("kampung_bahagia.")}
	assert milik_kita == {
		"kampung_bahagia.izin.akun.reset_password",
		"kampung_bahagia.izin.web_form.get_link_options",
	}
	for n in sorted(nama - pintu.TAMU):
		tolak(tamu.panggil(n))
		tolak(tamu.post(tamu.server, {"cmd": n}, timeout=60))


def test_guest_learns_nothing_about_accounts(tamu: Orang, k) -> None:
	jawaban = {
		(a.status_code, a.text)
		for user in (k.lurah, "tidak.ada@uji.invalid", "Administrator")
		for a in [tamu.panggil("frappe.core.doctype.user.user.reset_password", user=user)]
	}
	assert len(jawaban) == 1, jawaban


def test_guest_who_calls_too_often_has_to_wait(tamu: Orang) -> None:
	status = [tamu.ambil("/api/method/ping").status_code for _ in range(pintu.PANGGILAN_TAMU + 1)]
	assert status[0] == 200
	answer = tamu.ambil("/api/method/ping")
	assert answer.status_code >= 400, status
	assert "Terlalu banyak" in answer.text


def test_endless_password_is_not_judged(tamu: Orang) -> None:
	answer = tamu.panggil("frappe.core.doctype.user.user.test_password_strength", new_password="a" * 5000)
	assert "paling panjang" in answer.text


def test_whitelisted_methods_of_the_app_are_typed(situs) -> None:
	import inspect

	for f in frappe.whitelisted:
		if f.__module__.startswith("kampung_bahagia."):
			for p in inspect.signature(f).parameters.values():
				assert p.annotation is not p.empty or p.name == "self", (f.__module__, f.__qualname__, p.name)


def test_argument_of_the_wrong_type_is_refused(pemilik: Orang) -> None:
	answer = pemilik.post(
		f"{pemilik.server}/api/method/kampung_bahagia.izin.layar.perjalanan",
		json={"doctype": ["x"], "name": {"a": 1}},
		timeout=60,
	)
	assert answer.status_code >= 400
	assert "Traceback" not in answer.text


def kalimat(answer: requests.Response) -> str:
	"""The sentence that a refusal shows."""
	assert "Traceback" not in answer.text
	return json.loads(json.loads(answer.json()["_server_messages"])[0])["message"]


@pytest.mark.parametrize(
	("nama", "isi", "status", "kata"),
	[
		("kampung_bahagia.perencanaan.layar.pagu_rt", {"rt": "x"}, 417, "tahun</strong> belum ada"),
		("kampung_bahagia.perencanaan.layar.pagu_rt", {"rt": "x", "tahun": "dua"}, 417, "bilangan bulat"),
		(
			"kampung_bahagia.perencanaan.hadir.buka",
			{"musyawarah": "x", "ganti": "kadang"},
			417,
			"ya atau tidak",
		),
		(
			"kampung_bahagia.izin.layar.perjalanan",
			{"doctype": "Tidak Ada", "name": "x"},
			404,
			"jenis dokumen",
		),
		(
			"kampung_bahagia.izin.massal.putuskan",
			{"doctype": "Klaim", "docnames": "[", "aksi": "x"},
			417,
			"Daftar",
		),
		(
			"kampung_bahagia.izin.data_pribadi.buka",
			dict.fromkeys(("kolom", "alasan", "name"), "x") | {"doctype": "Warga"},
			417,
			"Pilih data",
		),
		("frappe.client.get", {}, 417, "doctype</strong> belum ada"),
		("frappe.model.workflow.apply_workflow", {"doc": "[", "action": "Ajukan"}, 417, "bukan dokumen"),
		("frappe.desk.search.search_link", {"doctype": "RT", "txt": "", "filters": "["}, 417, "Saringan"),
		(
			"frappe.desk.listview.get_group_by_count",
			{"doctype": "Kegiatan", "current_filters": "[]", "field": "x"},
			417,
			"kolom",
		),
		("frappe.www.printview.get_html_and_style", {"doc": "{}"}, 417, "tidak dikenali"),
		(
			"frappe.www.printview.get_html_and_style",
			{"doc": "RT", "name": "x", "settings": "["},
			417,
			"tidak dikenali",
		),
		("frappe.client.get_count", {"doctype": "RT", "filters": "["}, 417, "Saringan"),
		("frappe.www.printview.get_html_and_style", {"doc": "[", "name": "x"}, 417, "tidak dikenali"),
		(
			"frappe.desk.search.search_widget",
			{"doctype": "RT", "txt": "", "filter_fields": "["},
			417,
			"Kolom pencarian",
		),
		(
			"frappe.model.workflow.bulk_workflow_approval",
			{"doctype": "RT", "docnames": '[[], {"a": 1}]', "action": "x"},
			417,
			"Daftar berkas",
		),
	],
)
def test_unfit_argument_is_refused_in_words(
	pemilik: Orang, nama: str, isi: dict, status: int, kata: str
) -> None:
	answer = pemilik.panggil(nama, **isi)
	assert answer.status_code == status, answer.text
	assert kata in kalimat(answer)


def test_argument_of_a_door_for_guests_must_be_there(db) -> None:
	with pytest.raises(pintu.IsianTidakSah, match="belum ada"):
		pintu._periksa_isian("frappe.core.doctype.user.user.update_password", frappe._dict(key="x"))


def test_no_in_a_form_is_no(db) -> None:
	form = frappe._dict(musyawarah="x", ganti="0")
	pintu._periksa_isian("kampung_bahagia.perencanaan.hadir.buka", form)
	assert form.ganti is False


@pytest.mark.parametrize("saringan", [{"filters": "["}, {"fields": "name"}, {"limit_start": "-1"}])
def test_list_over_rest_with_an_unfit_filter_is_refused_in_words(pemilik: Orang, saringan: dict) -> None:
	answer = pemilik.ambil("/api/resource/Kegiatan", **saringan)
	assert answer.status_code == 417, answer.text
	assert "harus berupa" in kalimat(answer)


def test_ceiling_of_another_rt_is_refused_in_words(pemilik: Orang, k) -> None:
	answer = pemilik.panggil("kampung_bahagia.perencanaan.layar.pagu_rt", rt=k.rt_jauh, tahun=2026)
	tolak(answer)
	assert "_server_messages" in answer.json()


def test_title_of_a_row_that_is_not_there_is_its_name(pemilik: Orang) -> None:
	answer = pemilik.panggil("frappe.desk.search.get_link_title", doctype="Foto Kegiatan", docname="x")
	assert (answer.status_code, answer.json()["message"]) == (200, "x")


@pytest.mark.parametrize("kolom", ['["judul"]', "[]", ""])
def test_fields_to_search_in_may_be_named(pemilik: Orang, kolom: str) -> None:
	answer = pemilik.panggil("frappe.desk.search.search_widget", doctype="RT", txt="", filter_fields=kolom)
	assert answer.status_code == 200, answer.text


# --- health data


@pytest.fixture(scope="module")
def sakit(situs, server: str) -> tuple[Orang, str]:
	"""A lurah, and a claim of their kelurahan."""
	frappe.set_user("Administrator")
	k = pabrik.kampung("sakit")
	klaim = pabrik.klaim(k, pabrik.kegiatan_berjalan(k), saksi=[{"nama": "Saksi Mata"}])
	update_password(k.lurah, SANDI)
	frappe.db.commit()
	return Orang(server, k.lurah), klaim.name


@pytest.mark.parametrize(
	"kolom",
	[
		'["kronologi"]',
		'["name", "max(hp_pelapor) as x"]',
		'["saksi.nama"]',
		'["`tabSaksi Klaim`.nama"]',
		'["`tabSaksi Klaim` . *"]',
	],
)
def test_a_list_hands_out_no_health_data_to_those_who_may_read_it_in_the_file(sakit, kolom):
	lurah, _klaim = sakit
	for answer in (
		lurah.ambil("/api/resource/Klaim", fields=kolom),
		lurah.ambil("/api/resource/Klaim/", fields=kolom),
		lurah.panggil("frappe.client.get_list", doctype="Klaim", fields=kolom),
		lurah.panggil("frappe.desk.reportview.get", doctype="Klaim", fields=kolom),
	):
		tolak(answer)
		assert "Terpeleset" not in answer.text and "Saksi Mata" not in answer.text


def test_all_columns_of_a_claim_are_those_that_are_open(sakit):
	lurah, klaim = sakit
	for answer in (
		lurah.ambil("/api/resource/Klaim", fields='["*"]'),
		lurah.panggil("frappe.client.get_list", doctype="Klaim", fields='["*"]'),
		lurah.panggil("frappe.client.get_list", doctype="Klaim", fields="name, *"),
		lurah.panggil("frappe.client.get_value", doctype="Klaim", filters=klaim, fieldname="*"),
		lurah.ambil("/api/resource/Saksi%20Klaim", fields='["*"]', parent="Klaim"),
	):
		assert answer.status_code == 200 and klaim in answer.text, answer.text
		assert "Terpeleset" not in answer.text and "Saksi Mata" not in answer.text
	answer = lurah.panggil("frappe.client.get_value", doctype="Klaim", filters=klaim, fieldname="kronologi")
	tolak(answer)
	assert "Terpeleset" in lurah.ambil(f"/api/resource/Klaim/{klaim}").text
