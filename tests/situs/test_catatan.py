"""A release that extends a shipped Workflow leaves an administrator's own changes alone."""

import frappe

from kampung_bahagia.setup.catatan import lengkapi_alur


def alur(nama: str = "Musyawarah"):
	return frappe.get_doc("Workflow", nama)


def langkah() -> list[tuple[str, str, str]]:
	return [(t.state, t.action, t.allowed) for t in alur().transitions]


def test_a_missing_step_comes_back_with_its_states(db) -> None:
	lama = alur()
	lama.states = [s for s in lama.states if s.state != "Dibatalkan"]
	lama.transitions = [t for t in lama.transitions if t.action != "Batalkan"]
	lama.save()
	lengkapi_alur("Musyawarah", [("Draf", "Batalkan")])
	assert ("Draf", "Batalkan", "Ketua RT") in langkah()
	assert "Dibatalkan" in [s.state for s in alur().states]
	assert ("Dikembalikan", "Batalkan", "Ketua RT") not in langkah(), "only the steps that were asked for"


def test_a_step_that_an_administrator_changed_stays(db) -> None:
	milik_admin = alur()
	for t in milik_admin.transitions:
		if t.action == "Batalkan":
			t.allowed = "Lurah"
	milik_admin.save()
	sebelum = langkah()
	lengkapi_alur("Musyawarah", [("Draf", "Batalkan"), ("Dikembalikan", "Batalkan")])
	assert langkah() == sebelum
