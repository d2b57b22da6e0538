"""The bill of one group for one month: who was in it, and what it costs by the tariff of its first day.

It is made once for a group and month, counted again while it is unpaid, and stays as it is once it is paid.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import getdate, now, nowdate, strip_html
from frappe.utils.background_jobs import is_job_enqueued

from kampung_bahagia.aturan.kepesertaan import PROGRAM, bulan_dari, iuran_sebulan
from kampung_bahagia.aturan.tanggal import tanggal_indonesia
from kampung_bahagia.izin.dokumen import DokumenTerkunci
from kampung_bahagia.perlindungan.doctype.tarif_kepesertaan_kota.tarif_kepesertaan_kota import tarif_pada
from kampung_bahagia.perlindungan.kepesertaan_kota import anggota_bulan, catatan_anggaran
from kampung_bahagia.tata_kelola.jembatan import menurut_aturan

DOCTYPE = "Iuran Kepesertaan Kota"
RINCIAN = "Rincian Iuran Kota"
BELUM_DIBAYAR, LUNAS = "Belum Dibayar", "Lunas"
PEMBAYARAN = ("kode_iuran", "dibayar_pada", "bukti_bayar")


class BulanSudahDisusun(frappe.UniqueValidationError):
	pass


class IuranKepesertaanKota(Document):
	def validate(self):
		self.pulihkan_milik_sistem()
		self.bulan = bulan_dari(getdate(self.bulan))[0]
		self.judul = judul(self.kelompok, self.bulan)
		if self.is_new():
			self.periksa_sekali()
		else:
			self.periksa_lunas()
			self.periksa_pembayaran()

	def pulihkan_milik_sistem(self):
		"""A form or a request brings none of what is counted here; payment comes after the count."""
		sebelum = self.get_doc_before_save()
		for df in self.meta.fields:
			if df.read_only:
				self.set(df.fieldname, sebelum.get(df.fieldname) if sebelum else df.default)
		if not sebelum:
			self.update(dict.fromkeys(PEMBAYARAN))

	def periksa_sekali(self):
		"""Locked by its group: of two who make the same month the second finds the first. Raises BulanSudahDisusun."""
		frappe.db.get_value("Kelompok Kepesertaan", self.kelompok, "name", for_update=True)
		if lain := frappe.db.get_value(
			DOCTYPE, {"kelompok": self.kelompok, "bulan": self.bulan}, for_update=True
		):
			frappe.throw(
				_("Iuran {0} sudah disusun: {1}.").format(frappe.bold(self.judul), frappe.bold(lain)),
				BulanSudahDisusun,
			)

	def terkunci(self) -> bool:
		"""Whether what is stored was paid: its figures and its proof are evidence then."""
		return frappe.db.get_value(DOCTYPE, self.name, "status") == LUNAS

	def periksa_lunas(self):
		if self.get_doc_before_save().status == LUNAS:
			frappe.throw(
				_("Iuran {0} sudah lunas dan tidak berubah lagi.").format(frappe.bold(self.judul)),
				DokumenTerkunci,
			)

	def periksa_pembayaran(self):
		"""Paid when code, day and proof are there, and not before the count has somebody in it."""
		if not self.dibayar_pada and not self.bukti_bayar:
			return
		kurang = [_(self.meta.get_label(k)) for k in PEMBAYARAN if not self.get(k)]
		if kurang:
			frappe.throw(_("Isi dahulu: {0}.").format(frappe.bold(", ".join(kurang))), frappe.MandatoryError)
		if getdate(self.dibayar_pada) > getdate(nowdate()):
			frappe.throw(_("Dibayar Pada belum tiba. Isi tanggal pada bukti bayar."))
		if not self.jumlah_orang:
			frappe.throw(_("Belum ada peserta pada bulan ini, sehingga tidak ada yang dibayar."))
		self.status = LUNAS

	def after_insert(self):
		self.hitung()

	def on_update(self):
		if self.status == LUNAS:  # a paid bill is saved once: by its payment
			frappe.db.set_value(RINCIAN, {"iuran_kota": self.name}, "lunas", 1, update_modified=False)

	def hitung(self) -> None:
		"""Count the members of the month anew, by set. Raises DokumenTerkunci when it is paid."""
		status = frappe.db.get_value(DOCTYPE, self.name, "status", for_update=True)
		if status == LUNAS:
			frappe.throw(
				_("Iuran {0} sudah lunas dan tidak dihitung ulang.").format(frappe.bold(self.judul)),
				DokumenTerkunci,
			)
		tarif = tarif_pada(self.kelompok, self.bulan)
		frappe.db.delete(RINCIAN, {"iuran_kota": self.name})
		_sisip_rincian(self, tarif)
		with menurut_aturan():
			hasil = iuran_sebulan(frappe.db.count(RINCIAN, {"iuran_kota": self.name}), tarif.per_orang())
		self.db_set(
			{
				"tarif": tarif.name,
				"jumlah_orang": hasil.orang,
				**{nama.lower(): float(hasil.bagian[nama]) for nama in PROGRAM},
				"iuran": float(hasil.total),
				"perhitungan": hasil.perhitungan,
				"dihitung_pada": now(),
				"catatan_anggaran": catatan_anggaran(
					self.kelompok, getdate(self.bulan).year, self.name, hasil.total
				),
			}
		)

	def on_trash(self):
		frappe.throw(_("Tagihan iuran tidak dihapus. Hitung ulang bila pesertanya berubah."), DokumenTerkunci)


def judul(kelompok: str, bulan) -> str:
	"""The group and the month in words: "Ketua RT, Maret 2026"."""
	return f"{kelompok}, {tanggal_indonesia(getdate(bulan)).partition(' ')[2]}"


def _sisip_rincian(doc: IuranKepesertaanKota, tarif) -> None:
	nilai = {"iuran_kota": doc.name, "kelompok": doc.kelompok, "bulan": getdate(doc.bulan)}
	nilai |= {nama.lower(): tarif.get(nama.lower()) for nama in PROGRAM} | {"jumlah": tarif.iuran}
	nilai |= {"creation": now(), "modified": now()}
	nilai |= dict.fromkeys(("owner", "modified_by"), frappe.session.user)
	kolom = ", ".join(f"`{k}`" for k in nilai)
	anggota, isi = anggota_bulan(doc.bulan)
	frappe.db.sql(
		f"""INSERT INTO `tab{RINCIAN}` (`name`, `kepesertaan`, `warga`, `rt`, `kelurahan`, `kecamatan`, {kolom})
		SELECT CONCAT(k.name, %(akhiran)s), k.name, k.warga, k.rt, k.kelurahan, k.kecamatan,
			{", ".join(f"%({k})s" for k in nilai)}
		FROM {anggota} AND k.kelompok = %(kelompok)s""",  # noqa: S608
		{**nilai, **isi, "akhiran": f"-{getdate(doc.bulan):%Y%m}"},
	)


# --- doors


@frappe.whitelist(methods=["POST"])
def hitung_ulang(nama: str) -> None:
	"""Count one bill anew. Raises DokumenTerkunci when it is paid."""
	doc = frappe.get_doc(DOCTYPE, nama)
	doc.check_permission("write")
	doc.hitung()


@frappe.whitelist(methods=["POST"])
def susun_bulan(bulan: str) -> None:
	"""Make or count anew the bills of all groups for the month of the day `bulan`, in the background."""
	if not frappe.has_permission(DOCTYPE, "create"):
		raise frappe.PermissionError(_("Jabatan Anda tidak menyusun iuran kepesertaan kota."))
	try:
		awal = bulan_dari(getdate(bulan))[0]
	except (ValueError, TypeError, AttributeError, frappe.ValidationError):
		frappe.throw(_("Pilih bulan yang disusun."))
	if is_job_enqueued(_pekerjaan(awal)):
		frappe.throw(_("Iuran bulan ini sedang disusun. Tunggu sampai selesai."))
	frappe.enqueue(kerjakan, queue="long", timeout=1800, job_id=_pekerjaan(awal), bulan=str(awal))


def _pekerjaan(bulan) -> str:
	return f"iuran_kepesertaan_kota::{bulan}"


def kerjakan(bulan: str) -> dict[str, int]:
	"""Background job: every group in a transaction of its own; how many bills were made, counted anew, paid before, failed."""
	if not frappe.has_permission(DOCTYPE, "create"):  # the office may have ended while the job waited
		raise frappe.PermissionError
	hasil = dict.fromkeys(("baru", "dihitung", "lunas", "gagal"), 0)
	kelompok = kelompok_beranggota(bulan)
	pesan = []
	for i, satu in enumerate(kelompok):
		_sampaikan(10 + 90 * i // len(kelompok), satu)
		try:
			hasil[_susun_satu(satu, bulan)] += 1
			frappe.db.commit()
		except frappe.ValidationError as galat:
			frappe.db.rollback()
			frappe.clear_messages()
			hasil["gagal"] += 1
			pesan.append(strip_html(str(galat)))
	ringkas = _("{0} tagihan disusun, {1} dihitung ulang, {2} sudah lunas.").format(
		hasil["baru"], hasil["dihitung"], hasil["lunas"]
	)
	_sampaikan(100, " ".join([ringkas if kelompok else _("Belum ada peserta pada bulan ini."), *pesan]))
	return hasil


def kelompok_beranggota(bulan) -> list[str]:
	"""Groups with somebody in them in the month of that day."""
	anggota, isi = anggota_bulan(bulan)
	return frappe.db.sql(
		f"SELECT DISTINCT k.kelompok FROM {anggota} ORDER BY k.kelompok",  # noqa: S608
		isi,
		pluck=True,
	)


def _susun_satu(kelompok: str, bulan: str) -> str:
	frappe.db.get_value("Kelompok Kepesertaan", kelompok, "name", for_update=True)
	ada = frappe.db.get_value(
		DOCTYPE, {"kelompok": kelompok, "bulan": bulan}, ["name", "status"], as_dict=True, for_update=True
	)
	if not ada:
		frappe.get_doc({"doctype": DOCTYPE, "kelompok": kelompok, "bulan": bulan}).insert()
		return "baru"
	if ada.status == LUNAS:
		return "lunas"
	frappe.get_doc(DOCTYPE, ada.name).hitung()
	return "dihitung"


def _sampaikan(persen: int, keterangan: str) -> None:
	frappe.publish_realtime(
		"iuran_kepesertaan_kota", {"persen": persen, "keterangan": keterangan}, user=frappe.session.user
	)


def on_doctype_update():
	frappe.db.add_unique(DOCTYPE, ["kelompok", "bulan"], "sekali_per_bulan")
