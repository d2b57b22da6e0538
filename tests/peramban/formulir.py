"""What the tests of the phone forms do with a page: fill in, go on, look at what the device keeps."""

from collections.abc import Callable

import frappe
from playwright.sync_api import Page

KIRIM = "**/api/method/kampung_bahagia.tata_kelola.kiriman.kirim"
BASIS = "kampung-bahagia-formulir"


def kolom(page: Page, nama: str):
	return page.locator(f'[data-kolom="{nama}"]').locator("input, select, textarea").first


def lanjut(page: Page) -> None:
	page.get_by_role("button", name="Lanjut").click()


def pilih(page: Page, nama: str, nilai: str) -> None:
	"""A choice, which is a list of cards while there are few and a select otherwise."""
	kendali = page.locator(f'[data-kolom="{nama}"]').locator(f'input[value="{nilai}"], select').first
	kendali.wait_for()
	if kendali.evaluate("(e) => e.tagName") == "SELECT":
		kendali.select_option(nilai)
	else:
		kendali.check()


def isi_kegiatan(page: Page, usulan: str, lokasi: str = "Lorong Melati") -> None:
	"""Everything up to the last screen."""
	pilih(page, "usulan", usulan)
	lanjut(page)
	kolom(page, "lokasi").fill(lokasi)
	kolom(page, "tanggal_mulai").fill("2027-01-31")
	kolom(page, "tanggal_selesai").fill("2027-03-01")
	lanjut(page)
	kolom(page, "rab.0.uraian").fill("Semen")
	kolom(page, "rab.0.jenis").select_option("Bahan")
	kolom(page, "rab.0.volume").fill("965")
	kolom(page, "rab.0.satuan").fill("zak")
	kolom(page, "rab.0.harga_satuan").fill("100.000")
	lanjut(page)
	lanjut(page)  # no photo


def tersimpan(usulan: str) -> list[str]:
	frappe.db.rollback()
	return frappe.get_all("Kegiatan", {"usulan": usulan}, pluck="name", order_by="name")


def isi_gudang(page: Page) -> list[dict]:
	"""What the device keeps of drafts, photos as their sizes."""
	return page.evaluate(
		"""async (nama) => (await indexedDB.databases()).some((b) => b.name === nama) ? new Promise((selesai) => {
			const buka = indexedDB.open(nama);
			buka.onsuccess = () => {
				const db = buka.result;
				const semua = db.transaction("draf").objectStore("draf").getAll();
				semua.onsuccess = () => { db.close(); selesai(semua.result.map((d) => JSON.parse(JSON.stringify(d)))); };
			};
		}) : []""",
		BASIS,
	)


def tunggu_gudang(page: Page, benar: Callable[[dict], bool]) -> None:
	"""Wait until the device keeps a draft whose answers are `benar`."""
	for _ in range(100):
		draf = isi_gudang(page)
		if any(benar(d["isi"]) for d in draf):
			return
		page.wait_for_timeout(100)
	raise AssertionError(draf)
