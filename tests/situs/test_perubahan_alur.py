"""An administrator changes a Workflow while files are on their way."""

import frappe
import pytest

from kampung_bahagia.izin.alur import BerkasTelantar
from kampung_bahagia.tata_kelola import jejak
from kampung_bahagia.tests.pabrik import langkah


@pytest.fixture
def alur(db):
	yield frappe.get_doc("Workflow", "Kegiatan")
	frappe.db.rollback()
	frappe.clear_cache(doctype="Kegiatan")
	frappe.cache.delete_value("workflow")
	frappe.clear_document_cache("Workflow", "Kegiatan")


@pytest.fixture
def diajukan(k, disusun):
	return langkah(disusun, k.ketua, "Ajukan")


def tanpa(alur, status: str, pengganti: str) -> None:
	"""Take a state out of the Workflow; what led through it leads to `pengganti` at once."""
	alur.states = [s for s in alur.states if s.state != status]
	alur.transitions = [t for t in alur.transitions if t.state != status]
	for t in alur.transitions:
		if t.next_state == status:
			t.next_state = pengganti


def test_a_state_that_still_holds_files_is_not_dropped_unmapped(diajukan, alur):
	tanpa(alur, "Diajukan", "Diverifikasi Lurah")
	with pytest.raises(BerkasTelantar, match=r"Diajukan</strong>: \d+ berkas"):
		alur.save()


def test_mapped_files_go_on_in_the_new_state(k, diajukan, alur):
	tanpa(alur, "Diajukan", "Diverifikasi Lurah")
	alur.append("pemetaan_status", {"dari": "Diajukan", "ke": "Diverifikasi Lurah"})
	alur.save()
	assert frappe.db.get_value("Kegiatan", diajukan.name, "status") == "Diverifikasi Lurah"
	assert jejak.buktikan()["utuh"]
	catatan = jejak.riwayat("Kegiatan", diajukan.name)[-1]["content"]
	assert "Pemetaan Status" in catatan and "Diajukan → Diverifikasi Lurah" in catatan
	menunggu = frappe.get_doc("Workflow Action", {"reference_name": diajukan.name, "status": "Open"})
	assert [p.role for p in menunggu.permitted_roles] == ["DPMPPA"]
	assert langkah(diajukan, k.dpmppa, "Setujui").status == "Disetujui DPMPPA"


@pytest.mark.parametrize(
	("ke", "kata"), [("Arsip", "dihapus"), ("Disetujui DPMPPA", "rancangan menjadi resmi")]
)
def test_a_mapping_leads_to_a_state_of_the_new_workflow_and_of_the_same_kind(diajukan, alur, ke, kata):
	if not frappe.db.exists("Workflow State", ke):
		frappe.get_doc({"doctype": "Workflow State", "workflow_state_name": ke}).insert()
	tanpa(alur, "Diajukan", "Diverifikasi Lurah")
	alur.append("pemetaan_status", {"dari": "Diajukan", "ke": ke})
	with pytest.raises(BerkasTelantar, match=kata):
		alur.save()


def test_a_state_in_use_does_not_turn_its_files_final(diajukan, alur):
	next(s for s in alur.states if s.state == "Diajukan").doc_status = "1"
	alur.transitions = [t for t in alur.transitions if (t.state, t.action) != ("Diajukan", "Kembalikan")]
	alur.transitions = [t for t in alur.transitions if (t.state, t.action) != ("Diajukan", "Tolak")]
	alur.transitions = [t for t in alur.transitions if (t.state, t.action) != ("Diajukan", "Verifikasi")]
	with pytest.raises(BerkasTelantar, match="Diajukan"):
		alur.save()


def test_files_keep_an_active_workflow(diajukan, alur):
	alur.is_active = 0
	with pytest.raises(BerkasTelantar, match="alur kerja yang aktif"):
		alur.save()
	with pytest.raises(BerkasTelantar, match="alur kerja yang aktif"):
		frappe.delete_doc("Workflow", "Kegiatan")


def test_another_workflow_takes_over_only_with_room_for_every_file(diajukan, alur):
	baru = frappe.copy_doc(alur)
	baru.workflow_name = "Kegiatan Ringkas"
	tanpa(baru, "Diajukan", "Diverifikasi Lurah")
	with pytest.raises(BerkasTelantar, match="Diajukan"):
		baru.insert()


def test_a_change_that_drops_nothing_is_saved(diajukan, alur):
	alur.states[0].allow_edit = "Lurah"
	alur.save()
