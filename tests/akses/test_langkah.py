"""Who takes which step of a Workflow, tried over HTTP against harapan.toml."""

from __future__ import annotations

import time

import frappe
import pytest
from cara import pelaku_pada
from panggung import BERALUR, WILAYAH, taruh
from pintu import LANGKAH, langkah_massal

from kampung_bahagia.izin.massal import BARIS, MASSAL, kerjakan

pytestmark = pytest.mark.timeout(1800)  # minutes, on a machine with other work
DETIK_PEKERJA = 30


def test_steps_are_taken_by_their_office_in_its_area(sel, simpanan, pengunjung):
	h, panggung = sel.harapan, sel.panggung
	for dt in BERALUR:
		alur = frappe.get_cached_doc("Workflow", {"document_type": dt})
		docstatus = {s.state: int(s.doc_status) for s in alur.states}
		tujuan = {(t.state, t.action): t.next_state for t in alur.transitions}
		pemilik = h.langkah(dt)
		for (dari, aksi), sendiri in h.langkah_sendiri(dt).items():
			status = tujuan[dari, aksi]
			keadaan = {"status": status, "docstatus": docstatus[status]}
			# a plain PUT names the state alone: whoever comes there by another step of their own does so by it
			menuju = {
				j
				for (d, a), milik in h.langkah_sendiri(dt).items()
				if d == dari and tujuan[d, a] == status
				for j in milik
			}
			berhak = {"tombol": sendiri, "REST": menuju}
			for wilayah in WILAYAH[:3]:
				nama = panggung.berkas[wilayah][dt]
				taruh(dt, nama, dari, aksi)
				di = panggung.letak[dt][nama]
				for pelaku in pelaku_pada(sel, wilayah):
					if pelaku.masa != "berlaku" and pelaku.jabatan not in pemilik[dari, aksi]:
						continue
					for pintu, fungsi in LANGKAH.items():
						boleh = pelaku.jabatan in berhak[pintu] and h.di_wilayah(dt, pelaku, di)
						_dapat, sebab = sel.coba(fungsi, pengunjung[pelaku], dt, nama, aksi, keadaan)
						frappe.db.rollback()
						kini = frappe.db.get_value(dt, nama, "status")
						letak = f"{wilayah}, {dari}"
						sel.sel("langkah", pelaku, dt, letak, f"{pintu} {aksi}", boleh, kini != dari, sebab)
						if kini != dari:
							simpanan.kembalikan()
							taruh(dt, nama, dari, aksi)
			simpanan.kembalikan()


def test_bulk_approval_takes_no_step_that_a_button_would_not(sel, simpanan, pengunjung):
	h, panggung = sel.harapan, sel.panggung
	for dt in BERALUR:
		(dari, aksi), sendiri = next((k, j) for k, j in h.langkah_sendiri(dt).items() if j)
		for wilayah in WILAYAH[:3]:
			nama = panggung.berkas[wilayah][dt]
			di = panggung.letak[dt][nama]
			taruh(dt, nama, dari, aksi)
			for pelaku in pelaku_pada(sel, wilayah):
				boleh = pelaku.jabatan in sendiri and h.di_wilayah(dt, pelaku, di)
				massal, sebab = sel.coba(langkah_massal, pengunjung[pelaku], dt, nama, aksi)
				if massal and not sebab:
					sebab = tunggu_putusan(massal)
				frappe.db.rollback()
				kini = frappe.db.get_value(dt, nama, "status")
				letak = f"{wilayah}, {dari}"
				sel.sel("langkah", pelaku, dt, letak, f"massal {aksi}", boleh, kini != dari, sebab)
				if kini != dari:
					simpanan.kembalikan()
					taruh(dt, nama, dari, aksi)
		simpanan.kembalikan()


def tunggu_putusan(massal: str) -> str:
	"""Do the worker's part, or wait for one that was faster; what it says of the file."""
	frappe.db.rollback()
	kerjakan(massal)
	akhir = time.monotonic() + DETIK_PEKERJA
	while frappe.db.get_value(MASSAL, massal, "status") != "Selesai" and time.monotonic() < akhir:
		time.sleep(0.1)
		frappe.db.rollback()
	pesan = frappe.db.get_value(BARIS, {"parent": massal}, ["hasil", "pesan"])
	# its number is given again once the series is put back
	frappe.db.delete(BARIS, {"parent": massal})
	frappe.db.delete(MASSAL, {"name": massal})
	frappe.db.commit()
	return str(pesan)
