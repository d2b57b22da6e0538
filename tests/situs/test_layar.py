"""What the forms and workspaces ask of the server, and the privacy of what they upload."""

from pathlib import Path

import frappe
import pytest
from frappe.desk.desktop import get_workspace_sidebar_items

from kampung_bahagia.izin.cakupan import JABATAN
from kampung_bahagia.izin.layar import bekali, perjalanan
from kampung_bahagia.klaim.layar import peserta_tersedia
from kampung_bahagia.perencanaan.layar import usulan_tersedia
from kampung_bahagia.perlindungan.layar import posisi_kegiatan
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import langkah, sebagai

KANTOR = {
	"ketua": "Ketua RT",
	"pendamping": "Pendamping",
	"lurah": "Lurah",
	"dpmppa": "DPMPPA",
	"bpjs": "BPJS Ketenagakerjaan",
	"pengawas": "Pengawas",
	"admin": "Admin Kampung Bahagia",
}


@pytest.mark.parametrize("peran", KANTOR)
def test_an_office_sees_its_own_workspace_and_none_of_the_framework(k, peran):
	with sebagai(getattr(k, peran)):
		ruang = [w["name"] for w in get_workspace_sidebar_items()["pages"]]
	assert ruang == [KANTOR[peran]]


def test_every_office_has_its_workspace():
	assert set(KANTOR.values()) == set(JABATAN)


def test_shortcuts_ask_only_for_states_that_the_file_has(situs):
	"""A renamed state would leave a queue that is always empty."""
	for s in frappe.get_all(
		"Workspace Shortcut",
		filters={"parent": ["in", JABATAN], "stats_filter": ["is", "set"]},
		fields=["parent", "label", "link_to", "stats_filter"],
		order_by="parent, idx",
	):
		syarat = frappe.parse_json(s.stats_filter).get("status")
		if not syarat:
			continue
		ada = set(
			frappe.get_all(
				"Workflow Document State", filters={"parent": s.link_to}, pluck="state", order_by="idx"
			)
		)
		if not ada:  # its states are the field's own
			ada = set(frappe.get_meta(s.link_to).get_field("status").options.split("\n"))
		dicari = syarat[1] if isinstance(syarat[1], list) else [syarat[1]]
		assert set(dicari) <= ada, f"{s.parent}: {s.label}"


def test_the_desk_knows_the_rt_of_its_head_and_leads_back_to_the_own_workspace(k):
	boot = frappe._dict(
		allowed_workspaces=[{"name": "Ketua RT", "module": "Perlindungan"}], module_wise_workspaces={}
	)
	with sebagai(k.ketua):
		bekali(boot)
	assert boot.kampung_bahagia["rt"] == [k.rt]
	assert boot.module_wise_workspaces["Klaim"] == ["Ketua RT"]


def test_a_file_tells_its_way_and_whose_turn_it_is(k):
	kegiatan = pabrik.kegiatan(k)
	kegiatan = langkah(kegiatan, k.ketua, "Ajukan")
	with sebagai(k.ketua):
		jalan = perjalanan("Kegiatan", kegiatan.name)
	assert jalan["tahap"][:3] == ["Draf", "Diajukan", "Diverifikasi Lurah"]
	assert jalan["tahap"][-1] == "Selesai"
	assert jalan["giliran"] == ["Lurah"]
	with sebagai(k.ketua):
		assert perjalanan("kegiatan", kegiatan.name) == jalan  # as a hand would write it into the address
	with sebagai(k.ketua_tetangga), pytest.raises(frappe.PermissionError):
		perjalanan("Kegiatan", kegiatan.name)


def test_an_approved_activity_names_what_it_lacks_and_who_holds_its_registration(k):
	kegiatan = pabrik.kegiatan_disetujui(k)
	with sebagai(k.ketua):
		posisi = posisi_kegiatan(kegiatan.name)
	assert len(posisi["kurang"]) == 2 and posisi["giliran"] == ["DPMPPA"]
	langkah(pabrik.pendaftaran(k, kegiatan), k.dpmppa, "Kirim")
	with sebagai(k.ketua):
		assert posisi_kegiatan(kegiatan.name)["giliran"] == ["BPJS Ketenagakerjaan"]


def test_only_unused_decided_usulan_of_the_own_rt_are_offered(k):
	m = pabrik.musyawarah_sah(k, usulan=2)
	with sebagai(k.ketua):
		frappe.get_doc(pabrik.data_kegiatan(m)).insert()
		assert [u["judul"] for u in usulan_tersedia() if u["musyawarah"] == m.name] == [m.usulan[1].judul]
	for lain in (k.ketua_tetangga, k.ketua_jauh, k.lurah, k.bpjs):
		with sebagai(lain):
			assert m.name not in {u["musyawarah"] for u in usulan_tersedia()}


def test_only_people_of_the_own_rt_can_be_reported(k):
	kegiatan = pabrik.kegiatan(k, peserta=2)
	with sebagai(k.ketua):
		milik = {baris["kegiatan"]: baris["peserta"] for baris in peserta_tersedia()}
	assert len(milik[kegiatan.name]) == 2
	for lain in (k.ketua_tetangga, k.lurah, k.pengawas):
		with sebagai(lain):
			assert kegiatan.name not in {baris["kegiatan"] for baris in peserta_tersedia()}


@pytest.mark.parametrize("kolom", ["foto", None])
def test_an_attachment_of_a_claim_never_lies_in_the_public_folder(k, kolom):
	klaim = pabrik.klaim(k, pabrik.kegiatan(k))
	with sebagai(k.ketua):
		berkas = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": "luka.txt",
				"attached_to_doctype": "Klaim",
				"attached_to_name": klaim.name,
				"attached_to_field": kolom,
				"is_private": 0,
				"content": f"luka {klaim.name}",
			}
		).insert()
		klaim.foto = berkas.file_url
		klaim.save()  # the framework makes a copy here when the file names no field
		berkas.reload()
		berkas.is_private = 0
		berkas.save()
	semua = frappe.get_all(
		"File",
		filters={"attached_to_name": klaim.name},
		fields=["file_url", "is_private"],
		order_by="creation",
	)
	assert semua and all(f.is_private and f.file_url.startswith("/private/") for f in semua)
	assert not list(Path(frappe.get_site_path("public", "files")).glob("luka*"))
