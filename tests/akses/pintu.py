"""The doors of a running site, as functions over HTTP: what one may list, read and change through each."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote, urlencode, urlsplit

from panggung import SANDI

MENOLAK = {401, 403, 404, 409, 417, 429}
DETIK = 60
BERKAS_UJI = "uji-matriks.pdf"
PDF = b"%PDF-1.4\n% page\n"
JEJAK_KODE = re.compile(r'Traceback \(most recent|File \\?"[^"]+\.py\\?", line')


class Ditolak(Exception):
	"""The server refused."""


class Rusak(Exception):
	"""The server broke, or showed its code in a refusal."""


@dataclass(frozen=True)
class Jawaban:
	status: int
	jenis: str  # Content-Type
	isi: bytes

	@property
	def teks(self) -> str:
		return self.isi.decode("utf-8", "replace")

	def json(self):
		return json.loads(self.isi)


class Pengunjung:
	"""The session of one user, on a connection that stays open: a client of the standard library takes a fifth
	of the time that more comfortable ones take for each request."""

	def __init__(self, alamat: str, user: str):
		self.user = user
		bagian = urlsplit(alamat)
		self.sambungan = HTTPConnection(bagian.hostname, bagian.port, timeout=DETIK)
		self.kepala = {"Accept": "application/json"}
		self.terbaca: Callable[[str], None] = lambda teks: None
		if user != "Guest":
			self.panggil("login", usr=user, pwd=SANDI)

	def minta(self, cara: str, jalan: str, params=None, data=None, json=None, berkas=None) -> Jawaban:
		"""`data` of a form, `json` or `berkas`, (name, content) of an upload that goes with `data`."""
		if params:
			jalan += "?" + urlencode(params)
		badan, kepala = _badan(data, json, berkas)
		jawab = self._kirim(cara, jalan, badan, self.kepala | kepala)
		teks = jawab.teks if "pdf" not in jawab.jenis else ""
		if jawab.status in MENOLAK:
			if JEJAK_KODE.search(teks):
				raise Rusak(f"{jawab.status} shows code: {teks[:300]}")
			raise Ditolak(f"{jawab.status} {teks[:300]}")
		if jawab.status != 200:
			raise Rusak(f"{jawab.status} {teks[-600:]}")
		self.terbaca(teks)
		return jawab

	def _kirim(self, cara: str, jalan: str, badan: bytes | None, kepala: dict) -> Jawaban:
		try:
			self.sambungan.request(cara, jalan, badan, kepala)
			jawab = self.sambungan.getresponse()
		except (ConnectionError, HTTPException):  # the server took leave of an idle connection
			self.sambungan.close()
			self.sambungan.request(cara, jalan, badan, kepala)
			jawab = self.sambungan.getresponse()
		isi = jawab.read()
		for kue in jawab.headers.get_all("Set-Cookie", []):
			if kue.startswith("sid=") and "Cookie" not in self.kepala:
				self.kepala["Cookie"] = kue.partition(";")[0]
		return Jawaban(jawab.status, jawab.headers.get("Content-Type", ""), isi)

	def panggil(self, metode: str, **isi):
		"""A whitelisted method by POST; its `message`, or the whole answer when it has none."""
		data = {k: json.dumps(v, default=str) if isinstance(v, dict | list) else v for k, v in isi.items()}
		jawab = self.minta("POST", f"/api/method/{metode}", data=data)
		if "json" not in jawab.jenis:
			return jawab
		isi = jawab.json()
		return isi.get("message", isi)

	def ambil(self, jalan: str, **params) -> dict:
		return self.minta("GET", jalan, params=params).json()


def _badan(data: dict | None, isi_json, berkas: tuple[str, bytes] | None) -> tuple[bytes | None, dict]:
	"""Body of a request and the header that says what it is."""
	if isi_json is not None:
		return json.dumps(isi_json, default=str).encode(), {"Content-Type": "application/json"}
	if berkas:
		batas = "batas-berkas-uji"
		bagian = [f'; name="{k}"\r\n\r\n{v}'.encode() for k, v in data.items()]
		nama, isi = berkas
		bagian.append(
			f'; name="file"; filename="{nama}"\r\nContent-Type: application/pdf\r\n\r\n'.encode() + isi
		)
		badan = b"".join(
			f"--{batas}\r\nContent-Disposition: form-data".encode() + b + b"\r\n" for b in bagian
		)
		return badan + f"--{batas}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={batas}"}
	if data is not None:
		return urlencode(data).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
	return None, {}


def _sumber(doctype: str, nama: str = "") -> str:
	return f"/api/resource/{quote(doctype)}" + (f"/{quote(str(nama), safe='')}" if nama else "")


# --- lists: names that the door shows


def _induk(induk: str | None, kunci: str = "parent") -> dict:
	return {kunci: induk} if induk else {}


def daftar_rest(p: Pengunjung, dt: str, induk: str | None) -> set[str]:
	jawab = p.ambil(_sumber(dt), fields='["name"]', limit_page_length=0, order_by="name", **_induk(induk))
	return {b["name"] for b in jawab["data"]}


def daftar_rpc(p: Pengunjung, dt: str, induk: str | None) -> set[str]:
	baris = p.panggil(
		"frappe.client.get_list",
		doctype=dt,
		fields=["name"],
		limit_page_length=0,
		order_by="name",
		**_induk(induk),
	)
	return {b["name"] for b in baris}


def _meja(p: Pengunjung, metode: str, dt: str, induk: str | None, **lain):
	"""The desk asks for rows of a table through the parent."""
	return p.panggil(
		f"frappe.desk.reportview.{metode}",
		doctype=induk or dt,
		fields=[f"`tab{dt}`.`name`"],
		start=0,
		page_length=5000,
		order_by=f"`tab{induk or dt}`.`name`",
		**lain,
	)


def daftar_meja(p: Pengunjung, dt: str, induk: str | None) -> set[str]:
	jawab = _meja(p, "get", dt, induk, view="Report")
	return {b[0] for b in jawab["values"]} - {None} if jawab else set()


def daftar_meja_polos(p: Pengunjung, dt: str, induk: str | None) -> set[str]:
	return {b["name"] for b in _meja(p, "get_list", dt, induk)} - {None}


def daftar_ekspor(p: Pengunjung, dt: str, induk: str | None) -> set[str]:
	jawab = _meja(p, "export_query", dt, induk, file_format_type="CSV", title=dt)
	return {b[1] for b in list(csv.reader(io.StringIO(jawab.teks)))[1:]} - {""}


def daftar_ekspor_data(p: Pengunjung, dt: str, induk: str | None) -> set[str]:
	"""Data Export, which writes a template with the rows: a door for whoever runs the site."""
	jawab = p.panggil(
		"frappe.core.doctype.data_export.exporter.export_data",
		doctype=dt,
		with_data=1,
		all_doctypes="false",
		select_columns={dt: ["name"]},
		file_type="CSV",
		template=0,
	)
	return {b[1].strip('"') for b in csv.reader(io.StringIO(jawab.teks)) if len(b) > 1}


def daftar_tautan(p: Pengunjung, dt: str, induk: str | None) -> set[str]:
	jawab = p.panggil("frappe.desk.search.search_link", doctype=dt, txt="", page_length=5000)
	return {b["value"] for b in jawab.get("results", [])}


def hitung_meja(p: Pengunjung, dt: str, induk: str | None) -> int:
	return p.panggil("frappe.desk.reportview.get_count", doctype=dt, filters=[], fields=[], distinct="false")


def hitung_rpc(p: Pengunjung, dt: str, induk: str | None) -> int:
	return p.panggil("frappe.client.get_count", doctype=dt)


def hitung_kelompok(p: Pengunjung, dt: str, induk: str | None) -> int:
	baris = p.panggil(
		"frappe.desk.listview.get_group_by_count", doctype=dt, current_filters=[], field="docstatus"
	)
	return sum(b["count"] for b in baris)


def hitung_kartu(p: Pengunjung, dt: str, induk: str | None) -> int:
	kartu = {
		"document_type": dt,
		"function": "Count",
		"name": "x",
		"doctype": "Number Card",
		"type": "Document Type",
	}
	return p.panggil("frappe.desk.doctype.number_card.number_card.get_result", doc=kartu, filters=[])


DAFTAR = {
	"REST": daftar_rest,
	"RPC": daftar_rpc,
	"laporan daftar": daftar_meja,
	"daftar meja": daftar_meja_polos,
	"pilihan tautan": daftar_tautan,
}
DAFTAR_EKSPOR = {"ekspor": daftar_ekspor, "ekspor data": daftar_ekspor_data}
HITUNG = {
	"jumlah daftar": hitung_meja,
	"jumlah RPC": hitung_rpc,
	"jumlah per kelompok": hitung_kelompok,
	"kartu angka": hitung_kartu,
}


# --- one document: whether the door hands it out


def baca_rest(p: Pengunjung, dt: str, nama: str, induk: str | None) -> bool:
	return p.ambil(_sumber(dt, nama))["data"]["name"] == nama


def baca_formulir(p: Pengunjung, dt: str, nama: str, induk: str | None) -> bool:
	return bool(p.ambil("/api/method/frappe.desk.form.load.getdoc", doctype=dt, name=nama).get("docs"))


def baca_rpc(p: Pengunjung, dt: str, nama: str, induk: str | None) -> bool:
	return p.panggil("frappe.client.get", doctype=dt, name=nama, **_induk(induk)).get("name") == nama


def baca_nilai(p: Pengunjung, dt: str, nama: str, induk: str | None) -> bool:
	nilai = p.panggil(
		"frappe.client.get_value",
		doctype=dt,
		fieldname=["name", "owner"],
		filters={"name": nama},
		**_induk(induk),
	)
	# a row that was made while its parent was checked has no owner, and a Single no name
	return bool(nilai and (nilai.get("name") == nama or nilai.get("owner")))


def baca_keterangan(p: Pengunjung, dt: str, nama: str, induk: str | None) -> bool:
	return "docinfo" in p.panggil("frappe.desk.form.load.get_docinfo", doctype=dt, name=nama)


def baca_tautan(p: Pengunjung, dt: str, nama: str, induk: str | None) -> bool:
	return bool(
		p.panggil("frappe.client.validate_link", doctype=dt, docname=nama, fields=["owner"]).get("owner")
	)


def baca_judul(p: Pengunjung, dt: str, nama: str, induk: str | None) -> bool:
	"""The title behind a link; a DocType that shows none gives back the name."""
	judul = p.panggil("frappe.desk.search.get_link_title", doctype=dt, docname=nama)
	return isinstance(judul, str) and judul not in ("", nama)


def baca_kaitan(p: Pengunjung, dt: str, nama: str, induk: str | None) -> bool:
	p.panggil("frappe.desk.form.linked_with.get", doctype=dt, docname=nama)
	return True


def baca_percakapan(p: Pengunjung, dt: str, nama: str, induk: str | None) -> bool:
	p.panggil("frappe.desk.form.load.get_communications", doctype=dt, name=nama)
	return True


def baca_perjalanan(p: Pengunjung, dt: str, nama: str, induk: str | None) -> bool:
	p.panggil("kampung_bahagia.izin.layar.perjalanan", doctype=dt, name=nama)
	return True


def cetak_halaman(p: Pengunjung, dt: str, nama: str, induk: str | None) -> bool:
	return p.minta("GET", "/printview", params={"doctype": dt, "name": nama}).status == 200


def cetak_potongan(p: Pengunjung, dt: str, nama: str, induk: str | None) -> bool:
	return bool(p.panggil("frappe.www.printview.get_html_and_style", doc=dt, name=nama).get("html"))


def cetak_pdf(p: Pengunjung, dt: str, nama: str, induk: str | None) -> bool:
	jawab = p.minta(
		"GET", "/api/method/frappe.utils.print_format.download_pdf", params={"doctype": dt, "name": nama}
	)
	return jawab.isi.startswith(b"%PDF-")


def cetak_pdf_banyak(p: Pengunjung, dt: str, nama: str, induk: str | None) -> bool:
	jawab = p.minta(
		"GET",
		"/api/method/frappe.utils.print_format.download_multi_pdf",
		params={"doctype": dt, "name": json.dumps([nama])},
	)
	return jawab.isi.startswith(b"%PDF-")


BACA = {
	"REST": baca_rest,
	"formulir": baca_formulir,
	"RPC": baca_rpc,
	"RPC nilai": baca_nilai,
	"keterangan formulir": baca_keterangan,
	"pemeriksaan tautan": baca_tautan,
	"kaitan": baca_kaitan,
	"percakapan": baca_percakapan,
	"perjalanan": baca_perjalanan,
}
CETAK = {
	"halaman cetak": cetak_halaman,
	"potongan cetak": cetak_potongan,
	"PDF": cetak_pdf,
	"PDF banyak": cetak_pdf_banyak,
}


def lampiran_alamat(p: Pengunjung, alamat: str) -> bool:
	return p.minta("GET", quote(alamat)).isi.startswith(b"%PDF-")


def lampiran_unduh(p: Pengunjung, alamat: str) -> bool:
	return p.minta("GET", "/api/method/download_file", params={"file_url": alamat}).isi.startswith(b"%PDF-")


LAMPIRAN = {"alamat berkas": lampiran_alamat, "unduhan": lampiran_unduh}


def cari_menyeluruh(p: Pengunjung, kata: str, dt: str) -> set[str]:
	hasil = p.panggil("frappe.utils.global_search.search", text=kata, limit=100, doctype=dt)
	return {h["name"] for h in hasil if h["doctype"] == dt}


# --- what changes something; whether it did, the database says


def tandai_komentar(p: Pengunjung, dt: str, nama: str) -> None:
	p.panggil(
		"frappe.desk.form.utils.add_comment",
		reference_doctype=dt,
		reference_name=nama,
		content="uji",
		comment_email=p.user,
		comment_by=p.user,
	)


def tandai_suka(p: Pengunjung, dt: str, nama: str) -> None:
	p.panggil("frappe.desk.like.toggle_like", doctype=dt, name=nama, add="Yes")


def tandai_label(p: Pengunjung, dt: str, nama: str) -> None:
	p.panggil("frappe.desk.doctype.tag.tag.add_tag", tag="uji", dt=dt, dn=nama)


TANDAI = {"komentar": tandai_komentar, "suka": tandai_suka, "label": tandai_label}


def bagikan(p: Pengunjung, dt: str, nama: str, kepada: str) -> None:
	p.panggil("frappe.share.add", doctype=dt, name=nama, user=kepada, read=1, write=1)


def bagikan_izin(p: Pengunjung, dt: str, nama: str, kepada: str) -> None:
	p.panggil(
		"frappe.share.set_permission", doctype=dt, name=nama, user=kepada, permission_to="read", value=1
	)


def tugaskan(p: Pengunjung, dt: str, nama: str, kepada: str) -> None:
	p.panggil("frappe.desk.form.assign_to.add", doctype=dt, name=nama, assign_to=[kepada], description="uji")


def lampirkan_unggah(p: Pengunjung, dt: str, nama: str) -> None:
	data = {"doctype": dt, "docname": nama, "is_private": 0}
	p.minta("POST", "/api/method/upload_file", data=data, berkas=(BERKAS_UJI, PDF))


def lampirkan_rpc(p: Pengunjung, dt: str, nama: str) -> None:
	p.panggil(
		"frappe.client.attach_file", filename=BERKAS_UJI, filedata=PDF.decode(), doctype=dt, docname=nama
	)


def lampirkan_rest(p: Pengunjung, dt: str, nama: str) -> None:
	nilai = {"attached_to_doctype": dt, "attached_to_name": nama, "file_name": BERKAS_UJI}
	p.minta("POST", _sumber("File"), json=nilai | {"content": PDF.decode()})


LAMPIRKAN = {"unggah": lampirkan_unggah, "RPC": lampirkan_rpc, "REST": lampirkan_rest}
TERUSKAN = {"bagikan": bagikan, "bagikan izin": bagikan_izin, "tugaskan": tugaskan}


def ubah_rest(p: Pengunjung, dt: str, nama: str, nilai: dict) -> None:
	p.minta("PUT", _sumber(dt, nama), json=nilai)


def ubah_nilai(p: Pengunjung, dt: str, nama: str, nilai: dict) -> None:
	p.panggil("frappe.client.set_value", doctype=dt, name=nama, fieldname=nilai)


def ubah_banyak(p: Pengunjung, dt: str, nama: str, nilai: dict) -> None:
	p.panggil("frappe.client.bulk_update", docs=[{"doctype": dt, "docname": nama, **nilai}])


def ubah_formulir(p: Pengunjung, dt: str, nama: str, nilai: dict) -> None:
	"""As the desk does: the whole document goes back."""
	doc = p.ambil("/api/method/frappe.desk.form.load.getdoc", doctype=dt, name=nama)["docs"][0]
	p.panggil(
		"frappe.desk.form.save.savedocs", doc=doc | nilai, action="Update" if doc["docstatus"] else "Save"
	)


UBAH = {"REST": ubah_rest, "RPC": ubah_nilai, "RPC banyak": ubah_banyak, "formulir": ubah_formulir}


def hapus_rest(p: Pengunjung, dt: str, nama: str) -> None:
	p.minta("DELETE", _sumber(dt, nama))


def hapus_rpc(p: Pengunjung, dt: str, nama: str) -> None:
	p.panggil("frappe.client.delete", doctype=dt, name=nama)


def hapus_daftar(p: Pengunjung, dt: str, nama: str) -> None:
	p.panggil("frappe.desk.reportview.delete_items", doctype=dt, items=[nama])


HAPUS = {"REST": hapus_rest, "RPC": hapus_rpc, "daftar": hapus_daftar}


def ganti_nama(p: Pengunjung, dt: str, nama: str) -> None:
	p.panggil("frappe.client.rename_doc", doctype=dt, old_name=nama, new_name=f"{nama}-x")


def ganti_judul(p: Pengunjung, dt: str, nama: str) -> None:
	p.panggil("frappe.model.rename_doc.update_document_title", doctype=dt, docname=nama, name=f"{nama}-x")


def batalkan(p: Pengunjung, dt: str, nama: str) -> None:
	p.panggil("frappe.client.cancel", doctype=dt, name=nama)


def batalkan_formulir(p: Pengunjung, dt: str, nama: str) -> None:
	p.panggil("frappe.desk.form.save.cancel", doctype=dt, name=nama)


def metode_berkas(p: Pengunjung, dt: str, nama: str) -> None:
	p.panggil("run_doc_method", dt=dt, dn=nama, method="submit")


def metode_karangan(p: Pengunjung, dt: str, nama: str) -> None:
	"""A document made up by the browser."""
	p.panggil("run_doc_method", docs={"doctype": dt, "name": nama, "owner": p.user}, method="submit")


def metode_rest(p: Pengunjung, dt: str, nama: str) -> None:
	p.minta("POST", _sumber(dt, nama), json={"run_method": "submit"})


# nobody does these on any file
TIDAK_SEORANG_PUN = {
	"ganti nama RPC": ganti_nama,
	"ganti nama formulir": ganti_judul,
	"batalkan RPC": batalkan,
	"batalkan formulir": batalkan_formulir,
	"metode berkas": metode_berkas,
	"metode berkas karangan": metode_karangan,
	"metode REST": metode_rest,
}


def buat_rest(p: Pengunjung, doc: dict) -> None:
	p.minta("POST", _sumber(doc["doctype"]), json=doc)


def buat_rpc(p: Pengunjung, doc: dict) -> None:
	p.panggil("frappe.client.insert", doc=doc)


def buat_formulir(p: Pengunjung, doc: dict) -> None:
	p.panggil("frappe.desk.form.save.savedocs", doc=doc | {"__islocal": 1, "name": "new-1"}, action="Save")


BUAT = {"REST": buat_rest, "RPC": buat_rpc, "formulir": buat_formulir}


def langkah_tombol(p: Pengunjung, dt: str, nama: str, aksi: str, keadaan: dict) -> None:
	p.panggil("frappe.model.workflow.apply_workflow", doc={"doctype": dt, "name": nama}, action=aksi)


def langkah_rest(p: Pengunjung, dt: str, nama: str, aksi: str, keadaan: dict) -> None:
	"""Past the buttons: `keadaan` has status and docstatus of the state after the step."""
	p.minta("PUT", _sumber(dt, nama), json=keadaan)


LANGKAH = {"tombol": langkah_tombol, "REST": langkah_rest}


def langkah_massal(p: Pengunjung, dt: str, nama: str, aksi: str) -> str:
	"""The list's menu; name of the record that gathers the verdicts, which a worker writes."""
	return p.panggil(
		"frappe.model.workflow.bulk_workflow_approval", docnames=[nama], doctype=dt, action=aksi
	)["name"]


def jalankan_laporan(p: Pengunjung, laporan: str) -> dict:
	return p.panggil(
		"frappe.desk.query_report.run", report_name=laporan, filters={}, ignore_prepared_report=1
	)
