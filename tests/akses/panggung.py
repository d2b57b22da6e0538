"""What the access matrix is tried on: who acts, and the same files in four areas.

The files of the first RT are made by the officials through the controllers; the other RT get copies of the
rows, their names and areas exchanged, since only who may do what with them is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import frappe
from frappe.model.naming import set_new_name
from frappe.utils import add_days, getdate, nowdate
from frappe.utils.password import update_password

from kampung_bahagia.izin.antrian import BERALUR
from kampung_bahagia.izin.peran import selaraskan_hari_ini
from kampung_bahagia.tests import pabrik
from kampung_bahagia.tests.pabrik import Kampung, langkah, sebagai

SANDI = "Uji-Matriks-2026!"
TETAP = "RT sendiri"  # where the files are made; the other areas hold their copies
WILAYAH = (TETAP, "RT lain", "kelurahan lain", "kecamatan lain")
MASA = ("berlaku", "belum mulai", "sudah berakhir")
# office in the matrix: office in its Penugasan, and the column that names its area
JABATAN = {
	"Ketua RT": ("Ketua RT", "rt"),
	"Pendamping": ("Pendamping", "rt"),
	"Lurah": ("Lurah", "kelurahan"),
	"DPMPPA": ("DPMPPA", None),
	"BPJS Ketenagakerjaan": ("BPJS Ketenagakerjaan", None),
	"Pengawas kota": ("Pengawas", None),
	"Pengawas kecamatan": ("Pengawas", "kecamatan"),
	"Admin Kampung Bahagia": ("Admin Kampung Bahagia", None),
}
PERAN_JABATAN = sorted({j for j, _kolom in JABATAN.values()})
TANPA = ("Pengguna tanpa jabatan", "Peran tanpa penugasan", "Tamu")
# nobody changes or copies what they hold
CATATAN = {"Jejak Keputusan", "Akses Data Pribadi", "Keputusan Massal"}
CARI = "ujimatriks"  # a word by which the global search finds the files of the stage
# the framework's own records that hang on a file or belong to a user: values of one, and the field that is
# tried to be changed
KERANGKA = {
	"Activity Log": ({"subject": "Uji"}, "subject"),
	"Comment": ({"comment_type": "Comment", "content": "Uji"}, "content"),
	"Communication": ({"subject": "Uji", "communication_medium": "Phone", "content": "Uji"}, "subject"),
	"DocShare": ({"read": 1}, "write"),
	"File": (None, "file_name"),  # the papers of the files
	"ToDo": ({"description": "Uji", "status": "Open"}, "description"),
	"User": (None, "bio"),  # who acts
	"Version": ({"data": "{}"}, "data"),
}
Milik = tuple[str | None, str | None, str | None]  # its user; DocType and name of the file it hangs on


@dataclass(frozen=True)
class Pelaku:
	"""Who acts: `jabatan` as in the expectation, `masa` of the term (of an office), `user` who signs in."""

	jabatan: str
	masa: str
	user: str

	def __str__(self) -> str:
		return self.jabatan if self.masa == MASA[0] else f"{self.jabatan} ({self.masa})"


@dataclass
class Panggung:
	pelaku: list[Pelaku]
	# area -> key -> name, for example berkas["RT lain"]["Kegiatan"]; keys are DocTypes or "DocType: what for"
	berkas: dict[str, dict[str, str]]
	rt: dict[str, str]
	# DocType -> name -> where it lies; None for what belongs to no area
	letak: dict[str, dict[str, str | None]]
	lampiran: dict[str, dict[str, str]]  # area -> DocType -> address of an attached file
	pribadi: set[str] = field(default_factory=set)  # numbers of residents that no answer may hold
	kerangka: dict[str, dict[str, Milik]] = field(default_factory=dict)  # DocType -> name -> whose
	dicari: dict[str, list[str]] = field(
		default_factory=dict
	)  # DocType -> names that the global search knows


def doctype_aplikasi() -> list[str]:
	modul = frappe.get_all("Module Def", {"app_name": "kampung_bahagia"}, pluck="name", order_by="name")
	return frappe.get_all("DocType", {"module": ["in", modul]}, pluck="name", order_by="name")


def bangun() -> Panggung:
	"""Make the stage and commit it."""
	frappe.set_user("Administrator")
	rt = _rt()
	pelaku = _pelaku(rt)
	k = _kampung(rt, pelaku)
	awal = _nama_sekarang()
	berkas = _berkas(k)
	berkas |= _yang_kosong(berkas, rt[TETAP])
	baru = {dt: nama - awal.get(dt, set()) for dt, nama in _nama_sekarang().items()}
	salinan = {TETAP: {dt: {n: n for n in nama} for dt, nama in baru.items()}}
	for nomor, wilayah in enumerate(WILAYAH[1:], start=1):
		salinan[wilayah] = _salin(baru, rt[TETAP], rt[wilayah], nomor)
	semua = {
		w: {kunci: salinan[w].get(dt, {}).get(nama, nama) for kunci, (dt, nama) in berkas.items()}
		for w in WILAYAH
	}
	for w in WILAYAH:
		semua[w]["RT"] = rt[w]
	for nomor, w in enumerate(WILAYAH[1:]):  # each area has steps in the ledger
		ketua = _akun(f"akses-ketua-lain-{nomor}")
		pabrik.penugasan(ketua, "Ketua RT", rt=rt[w])
		langkah(frappe.get_doc("Musyawarah", semua[w]["Musyawarah: draf"]), ketua, "Ajukan")
	mendatang = {"rt": rt[TETAP], "jabatan": "Ketua RT", "mulai": [">", nowdate()]}
	semua[TETAP]["Penugasan: draf"] = frappe.db.get_value("Penugasan", mendatang)
	_catatan(pelaku, semua)
	# who uploaded a paper in an office that has ended
	mantan = next(p.user for p in pelaku if p.jabatan == "Ketua RT" and p.masa == "sudah berakhir")
	lampiran = {"attached_to_doctype": "Kegiatan", "attached_to_name": semua[TETAP]["Kegiatan"]}
	frappe.db.set_value("File", lampiran, "owner", mantan, update_modified=False)
	kerangka, dicari = _kerangka(pelaku, semua), _dicari(semua)
	frappe.db.commit()
	return Panggung(
		pelaku=pelaku,
		berkas=semua,
		rt=rt,
		letak=_letak(rt),
		lampiran=_lampiran(semua),
		pribadi=_pribadi(),
		kerangka=kerangka,
		dicari=dicari,
	)


def _rt() -> dict[str, str]:
	terpakai = set(frappe.get_all("RT", pluck="kecamatan", order_by="name"))
	kosong = [
		kec for kec in frappe.get_all("Kecamatan", pluck="name", order_by="name desc") if kec not in terpakai
	]
	kel_a, kel_b = frappe.get_all(
		"Kelurahan", {"kecamatan": kosong[0]}, pluck="name", order_by="name", limit=2
	)
	(kel_c,) = frappe.get_all("Kelurahan", {"kecamatan": kosong[1]}, pluck="name", order_by="name", limit=1)
	isi = {
		"bank": "Bank Uji",
		"nomor_rekening": "12345678",
	}
	return {
		w: pabrik.rt(kel, **isi).name for w, kel in zip(WILAYAH, (kel_a, kel_a, kel_b, kel_c), strict=True)
	}


def _akun(nama: str) -> str:
	"""A desk user without any role, as a row: the hooks of User take a second each."""
	email = f"{nama}@uji.invalid"
	if not frappe.db.exists("User", email):
		frappe.get_doc(
			{
				"doctype": "User",
				"name": email,
				"email": email,
				"username": nama,
				"first_name": nama,
				"full_name": nama,
				"user_type": "System User",
				"enabled": 1,
				"language": "id",
			}
		).db_insert()
		# everyone may change their own account
		_sisip(
			{
				"doctype": "DocShare",
				"user": email,
				"share_doctype": "User",
				"share_name": email,
				"read": 1,
				"write": 1,
			}
		)
		update_password(email, SANDI)
	return email


def _sisip(nilai: dict) -> str:
	"""A row as it is, past every check; its name."""
	doc = frappe.get_doc({"owner": "Administrator", **nilai})
	if not doc.name:
		set_new_name(doc)
	doc.db_insert()
	return doc.name


def _pelaku(rt: dict[str, str]) -> list[Pelaku]:
	wilayah = frappe.db.get_value("RT", rt[TETAP], ["name as rt", "kelurahan", "kecamatan"], as_dict=True)
	hari = nowdate()
	masa = {
		"sudah berakhir": ("2025-01-01", add_days(hari, -1)),
		"berlaku": (hari, hari),
		"belum mulai": (add_days(hari, 1), None),
	}
	hasil = []
	for sebutan, (jabatan, kolom) in JABATAN.items():
		for nama_masa, (mulai, sampai) in masa.items():
			user = _akun(f"akses-{frappe.scrub(sebutan)}-{frappe.scrub(nama_masa)}".replace("_", "-"))
			area = {kolom: wilayah[kolom]} if kolom else {}
			pabrik.penugasan(user, jabatan, mulai=mulai, sampai=sampai, **area)
			hasil.append(Pelaku(sebutan, nama_masa, user))
	tanpa = _akun("akses-tanpa-jabatan")
	basi = _akun("akses-peran-basi")
	selaraskan_hari_ini()  # the first request of the day would withdraw them before any door
	pabrik.peran_tanpa_penugasan(basi, *PERAN_JABATAN)
	for sebutan, user in zip(TANPA, (tanpa, basi, "Guest"), strict=True):
		hasil.append(Pelaku(sebutan, MASA[0], user))
	return [*hasil, Pelaku("Administrator", MASA[0], "Administrator")]


def _kampung(rt: dict[str, str], pelaku: list[Pelaku]) -> Kampung:
	u = {p.jabatan: p.user for p in pelaku if p.masa == "berlaku"}
	kel = {w: frappe.db.get_value("RT", nama, "kelurahan") for w, nama in rt.items()}
	lain = u["Pengguna tanpa jabatan"]
	return Kampung(
		rt=rt[TETAP],
		rt_tetangga=rt["RT lain"],
		rt_jauh=rt["kelurahan lain"],
		kelurahan=kel[TETAP],
		kelurahan_lain=kel["kelurahan lain"],
		ketua=u["Ketua RT"],
		ketua_tetangga=lain,
		ketua_jauh=lain,
		pendamping=u["Pendamping"],
		lurah=u["Lurah"],
		lurah_lain=lain,
		dpmppa=u["DPMPPA"],
		dpmppa_lain=lain,
		bpjs=u["BPJS Ketenagakerjaan"],
		pengawas=u["Pengawas kota"],
		admin=u["Admin Kampung Bahagia"],
	)


def _berkas(k: Kampung) -> dict[str, tuple[str, str]]:
	"""Key -> (DocType, name): one complete chain, and what creating the next document needs."""
	# with all photos that its steps ask for
	berjalan = pabrik.kegiatan_berjalan(k, foto=[pabrik.FOTO_SEBELUM, pabrik.FOTO_SESUDAH])
	kemarin = add_days(nowdate(), -1)
	frappe.db.set_value(
		"Kegiatan", berjalan.name, "dimulai_pada", f"{kemarin} 08:00:00", update_modified=False
	)
	_bertermin(frappe.get_doc("Pendaftaran BPJS", {"kegiatan": berjalan.name}))
	kemajuan = pabrik.kemajuan(k, berjalan, tanggal=kemarin)
	tugas = pabrik.surat_tugas(k, berjalan, ditetapkan=False)
	klaim = pabrik.lengkapi_dokumen(pabrik.klaim(k, berjalan, saksi=[{"nama": "Saksi Uji"}]), k.ketua)
	klaim = pabrik.ajukan_ke_bpjs(k, klaim)
	frappe.db.set_value("Klaim", klaim.name, PUTUSAN, update_modified=False)
	frappe.db.set_value("Klaim", klaim.name, "batas_bayar", "2019-12-31", update_modified=False)  # long due
	klaim = frappe.get_doc("Klaim", klaim.name)
	bayar = {"manfaat": "Seluruh Manfaat", "tanggal": nowdate(), "jumlah": 1_000_000}
	klaim.append("pembayaran", {**bayar, "penerima": "Ahli waris", "bukti": klaim.dokumen[0].berkas})
	klaim.pembayaran[0].db_insert()
	kabar = pabrik.pemberitahuan(k, klaim)
	disetujui = pabrik.kegiatan_disetujui(k)
	draf = pabrik.kegiatan(k)
	bebas = pabrik.musyawarah_sah(k)
	rapat = pabrik.musyawarah(k)
	pabrik.musyawarah_sah(
		k, usulan=0, jenis="Serah Terima", kegiatan=berjalan.name, keputusan="Hasil diterima dengan baik."
	)
	lpj = pabrik.lpj(k, berjalan)
	lain = pabrik.kegiatan_berjalan(k)
	adendum = pabrik.adendum(k, disetujui, masa_pemeliharaan=60)
	perubahan = pabrik.musyawarah_perubahan(k, lain)
	with sebagai(k.ketua):
		renja = frappe.get_doc(_renja("Tahunan", k.rt, bebas.name, bebas.usulan[0].name)).insert()
	with sebagai(k.ketua):
		warga, tertagih = pabrik.warga(k.rt, 2)
	berkas_bpjs = pabrik.berkas_bpjs(k, pabrik.pendaftaran(k, pabrik.kegiatan_disetujui(k)))
	frappe.db.set_value("Berkas BPJS", berkas_bpjs.name, {"status": "Dikirim", "diserahkan_bpjs": 1})
	with sebagai(k.dpmppa):
		kelompok = pabrik.kepesertaan_kota(tertagih.name).kelompok
		iuran = {"doctype": "Iuran Kepesertaan Kota", "kelompok": kelompok, "bulan": nowdate()}
		iuran = frappe.get_doc(iuran).insert()
		if not frappe.db.count("Anggaran Kepesertaan Kota"):
			anggaran = {"tahun": 2029, "kelompok": kelompok, "pagu": 1_000_000}
			anggaran |= {"nomor_dpa": "DPA-1", "dasar_hukum": "Uji"}
			frappe.get_doc({"doctype": "Anggaran Kepesertaan Kota", **anggaran}).insert()
		kota = pabrik.kepesertaan_kota(warga.name)  # on no bill, or nobody could delete it
	for doc in (kota, iuran):
		frappe.db.set_value(doc.doctype, doc.name, "diserahkan_bpjs", 1, update_modified=False)
	with sebagai("Administrator"):
		harga = {"uraian": "Pasir Uji", "satuan": "m3", "jenis": "Bahan", "harga": 1_000}
		harga |= {"doctype": "Standar Harga", "berlaku_mulai": "2002-01-01", "dasar_hukum": "Uji"}
		harga = frappe.get_doc(harga).insert()
		frappe.get_single(
			"Pengaturan Sambungan BPJS"
		).save()  # saved once, another save changes its hour only
		for doc, nama in ((berjalan, "foto.pdf"), (frappe.get_doc("RT", k.rt), "peta.pdf")):
			pabrik.lampiran(doc, nama, "Administrator")
	return {
		"Musyawarah": ("Musyawarah", berjalan.musyawarah),
		"Musyawarah: draf": ("Musyawarah", rapat.name),
		"Musyawarah: bebas": ("Musyawarah", bebas.name),
		"Usulan: bebas": ("Usulan", bebas.usulan[0].name),
		"Standar Harga": ("Standar Harga", harga.name),
		"Musyawarah: perubahan": ("Musyawarah", perubahan.name),
		"Renja": ("Renja", renja.name),
		"LPJ Kegiatan": ("LPJ Kegiatan", lpj.name),
		"Adendum Kegiatan": ("Adendum Kegiatan", adendum.name),
		"Kegiatan: lain": ("Kegiatan", lain.name),
		"Kegiatan": ("Kegiatan", berjalan.name),
		"Kegiatan: disetujui": ("Kegiatan", disetujui.name),
		"Kegiatan: draf": ("Kegiatan", draf.name),
		"Kemajuan Kegiatan": ("Kemajuan Kegiatan", kemajuan.name),
		"Peserta": ("Peserta", klaim.peserta),
		"Peserta: draf": (
			"Peserta",
			frappe.get_all("Peserta", {"kegiatan": draf.name}, pluck="name", order_by="name")[0],
		),
		"Peserta: lain": (
			"Peserta",
			frappe.get_all(
				"Peserta",
				{"kegiatan": berjalan.name, "name": ["!=", klaim.peserta]},
				pluck="name",
				order_by="name",
			)[0],
		),
		"Surat Tugas": ("Surat Tugas", tugas.name),
		"Surat Keputusan": (
			"Surat Keputusan",
			frappe.db.get_value("Surat Keputusan", {"kegiatan": berjalan.name}),
		),
		"Pendaftaran BPJS": (
			"Pendaftaran BPJS",
			frappe.db.get_value("Pendaftaran BPJS", {"kegiatan": berjalan.name}),
		),
		"Berkas BPJS": ("Berkas BPJS", berkas_bpjs.name),
		"Kepesertaan Kota": ("Kepesertaan Kota", kota.name),
		"Iuran Kepesertaan Kota": ("Iuran Kepesertaan Kota", iuran.name),
		"Rincian Iuran Kota": (
			"Rincian Iuran Kota",
			frappe.db.get_value("Rincian Iuran Kota", {"iuran_kota": iuran.name}),
		),
		"Klaim": ("Klaim", klaim.name),
		"Pemberitahuan Kecelakaan": ("Pemberitahuan Kecelakaan", kabar.name),
		"Warga": ("Warga", klaim.warga),
		"Warga: baru": ("Warga", warga.name),
	}


def _bertermin(daftar) -> None:
	"""As if the bill had been paid in two parts, and by wages: rows of each table, and what recording a part asks for."""
	for n, jumlah in enumerate((1_000, daftar.tagihan - 1_000), start=1):
		daftar.append(
			"termin",
			{
				"jatuh_tempo": add_days(nowdate(), n),
				"jumlah": jumlah,
				"dibayar_pada": daftar.dibayar_pada,
				"bukti": daftar.bukti_bayar,
			},
		).db_insert()
	frappe.db.set_value("Pendaftaran BPJS", daftar.name, "cara_bayar", "Per Termin", update_modified=False)
	peserta = frappe.db.get_value("Peserta", {"kegiatan": daftar.kegiatan})
	daftar.append("upah", {"peserta": peserta, "nama": "Uji", "upah_bulanan": 1_000}).db_insert()


def _yang_kosong(berkas: dict[str, tuple[str, str]], rt: str) -> dict[str, tuple[str, str]]:
	"""A bare row of each DocType of which the chain made none: enough for who may see it, not for its steps."""
	wilayah = frappe.db.get_value("RT", rt, ["name as rt", "kelurahan", "kecamatan"], as_dict=True)
	kosong = {}
	for dt in doctype_aplikasi():
		meta = frappe.get_meta(dt)
		if not (meta.issingle or meta.istable or dt in CATATAN or frappe.db.count(dt)):
			kosong[dt] = (dt, _dokumen_kosong(dt, wilayah, berkas))
	for dt in doctype_aplikasi():
		for df in frappe.get_meta(dt).get_table_fields():
			induk = {**berkas, **kosong}.get(dt)
			if not induk or df.options not in doctype_aplikasi() or frappe.db.count(df.options):
				continue
			# a row without content would hold up the steps of a file that has some
			nama = induk[1] if dt not in BERALUR or dt in kosong else _dokumen_kosong(dt, wilayah, berkas)
			baris = {"parent": nama, "parenttype": dt, "parentfield": df.fieldname, "idx": 1}
			_sisip({"doctype": df.options, "name": f"uji-{frappe.scrub(df.options)}", **baris})
	return kosong


def _dokumen_kosong(dt: str, wilayah: dict, berkas: dict[str, tuple[str, str]]) -> str:
	nama = f"uji-{frappe.scrub(dt)}"
	if frappe.db.exists(dt, nama):
		return nama
	meta = frappe.get_meta(dt)
	nilai = {k: v for k, v in wilayah.items() if meta.has_field(k)}
	for df in meta.get_link_fields():
		if df.options in berkas:
			nilai.setdefault(df.fieldname, berkas[df.options][1])
	if dt in BERALUR:
		nilai["status"] = frappe.get_cached_doc("Workflow", {"document_type": dt}).states[0].state
	return _sisip({"doctype": dt, "name": nama, **nilai})


def _kerangka(pelaku: list[Pelaku], berkas: dict[str, dict[str, str]]) -> dict[str, dict[str, Milik]]:
	"""One record of each kind for everyone who acts, and one of the Administrator on a file of each area."""
	semua: dict[str, dict[str, Milik]] = {dt: {} for dt in KERANGKA}
	for p in pelaku:
		if p.user in frappe.STANDARD_USERS:
			continue
		semua["User"][p.user] = (p.user, None, None)
		for dt in ("Activity Log", "Comment", "Communication", "ToDo", "Version"):
			semua[dt][_catat(dt, p.user)] = (p.user, None, None)
	for w in WILAYAH:
		kegiatan = berkas[w]["Kegiatan"]
		for dt, (nilai, _kolom) in KERANGKA.items():
			if nilai:
				nama = _catat(dt, "Administrator", "Kegiatan", kegiatan)
				semua[dt][nama] = (None, "Kegiatan", kegiatan)
	kolom = ["name", "attached_to_doctype", "attached_to_name"]
	for b in frappe.get_all(
		"File", {"attached_to_doctype": ["in", doctype_aplikasi()]}, kolom, order_by="name"
	):
		semua["File"][b.name] = (None, b.attached_to_doctype, b.attached_to_name)
	return semua


def _catat(dt: str, user: str, jenis: str | None = None, nama: str | None = None) -> str:
	acuan = {
		"DocShare": ("share_doctype", "share_name"),
		"ToDo": ("reference_type", "reference_name"),
		"Version": ("ref_doctype", "docname"),
	}.get(dt, ("reference_doctype", "reference_name"))
	orang = {"DocShare": ["user"], "ToDo": ["allocated_to", "assigned_by"], "Activity Log": ["user"]}.get(
		dt, []
	)
	nilai = dict(zip(acuan, (jenis, nama), strict=True)) | dict.fromkeys(orang, user)
	return _sisip({"doctype": dt, "owner": user, **KERANGKA[dt][0], **nilai})


def _dicari(berkas: dict[str, dict[str, str]]) -> dict[str, list[str]]:
	"""The files of the stage, known to the global search as if an administrator had let it find them."""
	dicari: dict[str, list[str]] = {}
	for milik in berkas.values():
		for dt, nama in milik.items():
			if ":" not in dt and nama not in dicari.setdefault(dt, []):
				dicari[dt].append(nama)
	for nomor, (dt, semua) in enumerate(sorted(dicari.items()), start=100):
		induk = {"parent": "Global Search Settings", "parenttype": "Global Search Settings"}
		_sisip({"doctype": "Global Search DocType", "document_type": dt, "idx": nomor, **induk})
		for nama in semua:
			frappe.db.sql(
				"insert into __global_search (doctype, name, title, content, published) values (%s, %s, %s, %s, 0)",
				(dt, nama, nama, CARI),
			)
	frappe.cache.delete_value("global_search")
	return dicari


def _renja(jenis: str, rt: str, musyawarah: str, usulan: str) -> dict:
	"""Values of a plan of this year."""
	tahun = getdate(nowdate()).year
	return {
		"doctype": "Renja",
		"jenis": jenis,
		"rt": rt,
		"tahun_awal": tahun,
		"musyawarah": musyawarah,
		"butir": [{"usulan": usulan, "tahun": tahun}],
	}


# --- copies


def _tabel_disalin() -> list[str]:
	"""DocTypes whose rows belong to an area, their tables, and the files attached to them."""
	dengan_rt = {
		dt for dt in doctype_aplikasi() if frappe.get_meta(dt).has_field("rt") and dt != "Penugasan"
	} | {dt for dt in doctype_aplikasi() if frappe.get_meta(dt).has_field("warga")}
	tabel = {df.options for dt in dengan_rt for df in frappe.get_meta(dt).get_table_fields()}
	return sorted({*dengan_rt, *tabel, "File", "Data Pribadi"} - CATATAN)


def _catatan(pelaku: list[Pelaku], berkas: dict[str, dict[str, str]]) -> None:
	"""One record of each kind that the programme keeps of what its users did."""
	lurah = next(p.user for p in pelaku if p.jabatan == "Lurah" and p.masa == "berlaku")
	for nilai in (
		{"doctype": "Keputusan Massal", "jenis_berkas": "Kegiatan", "aksi": "Verifikasi", "owner": lurah},
		{"doctype": "Impor Penugasan", "berkas": "/private/files/tidak-ada.xlsx", "owner": lurah},
		{"doctype": "Impor Warga", "berkas": "/private/files/tidak-ada.xlsx", "owner": lurah},
		{
			"doctype": "Akses Data Pribadi",
			"waktu": nowdate(),
			"pengguna": lurah,
			"jenis": "Dibuka dari Samaran",
			"rujukan_doctype": "Warga",
			"rujukan_nama": berkas[TETAP]["Warga"],
			"kolom": "nik",
			"owner": lurah,
			"rt": berkas[TETAP]["RT"],
		},
	):
		doc = frappe.get_doc(nilai)
		doc.name = frappe.generate_hash(length=10)
		doc.db_insert()
		for df in doc.meta.get_table_fields():
			baris = {"doctype": df.options, "parent": doc.name, "parenttype": doc.doctype, "owner": lurah}
			frappe.get_doc(
				{**baris, "parentfield": df.fieldname, "name": f"{doc.name}-1", "idx": 1}
			).db_insert()


def _nama_sekarang() -> dict[str, set[str]]:
	return {dt: set(frappe.get_all(dt, pluck="name", limit=0, order_by="name")) for dt in _tabel_disalin()}


def _salin(baru: dict[str, set[str]], dari: str, ke: str, nomor: int) -> dict[str, dict[str, str]]:
	"""Copy rows to the RT `ke`; DocType -> name -> name of its copy."""
	akhiran = f"salinan-{nomor}"
	kolom = ["name", "kelurahan", "kecamatan"]
	asal, tujuan = (frappe.db.get_value("RT", nama, kolom) for nama in (dari, ke))
	tukar = dict(zip(asal, tujuan, strict=True))
	tukar |= {nama: f"{nama}-{akhiran}" for semua in baru.values() for nama in semua}
	berkas = frappe.get_all("File", {"name": ["in", sorted(baru["File"])]}, ["file_url"], order_by="name")
	for f in berkas:
		badan, titik, jenis = f.file_url.rpartition(".")
		tukar[f.file_url] = f"{badan}-{akhiran}{titik}{jenis}"
		salin = frappe.get_site_path(tukar[f.file_url].lstrip("/"))
		with open(frappe.get_site_path(f.file_url.lstrip("/")), "rb") as sumber, open(salin, "wb") as hasil:
			hasil.write(sumber.read())
	for dt, nama in baru.items():
		if not nama:
			continue
		unik = set(
			frappe.db.sql(
				"""select max(column_name) from information_schema.statistics where table_schema = database()
				and table_name = %s and non_unique = 0 and index_name != 'PRIMARY'
				group by index_name having count(*) = 1""",  # of several columns one is exchanged anyway
				f"tab{dt}",
				pluck=True,
			)
		)
		baris = frappe.db.sql(f"select * from `tab{dt}` where name in %s", (tuple(nama),), as_dict=True)  # noqa: S608
		frappe.db.bulk_insert(
			dt,
			list(baris[0]),
			[[_salinan(k, v, tukar, k in unik, nomor) for k, v in b.items()] for b in baris],
		)
	return {dt: {n: tukar[n] for n in nama} for dt, nama in baru.items()}


def _salinan(kolom: str, nilai, tukar: dict[str, str], unik: bool, nomor: int):
	"""A value in the copy of a row. A column that holds each value once gets another one of the same length."""
	if kolom == "owner":
		return "Administrator"  # who made a file may be let in for that alone
	if nilai in tukar or not (unik and isinstance(nilai, str) and nilai):
		return tukar.get(nilai, nilai)
	lain = [
		huruf for huruf in "WXYZ" if huruf != nilai[-4:-3].upper()
	]  # the database takes a and A for the same
	return f"{nilai[:-4]}{lain[nomor - 1]}{nilai[-3:]}"


# --- where everything lies


def wilayah_dari(rt: dict[str, str], nilai) -> str | None:
	"""Area of anything with rt, kelurahan or kecamatan, seen from the first RT; None when it has none."""
	acuan = frappe.db.get_value("RT", rt[TETAP], ["name as rt", "kelurahan", "kecamatan"], as_dict=True)
	for kolom, wilayah in zip(("rt", "kelurahan", "kecamatan"), WILAYAH, strict=False):
		if nilai.get(kolom) and nilai[kolom] == acuan[kolom]:
			return wilayah
	return WILAYAH[-1] if any(nilai.get(k) for k in acuan) else None


def _letak(rt: dict[str, str]) -> dict[str, dict[str, tuple[str | None, bool]]]:
	letak: dict[str, dict[str, tuple[str | None, bool]]] = {}
	tabel = {}
	for dt in doctype_aplikasi():
		meta = frappe.get_meta(dt)
		for df in meta.get_table_fields():
			tabel[df.options] = dt
		if meta.istable:
			letak.setdefault(dt, {})
			continue
		if meta.issingle:
			letak[dt] = {dt: (None, False)}
			continue
		kolom = [k for k in ("rt", "kelurahan", "kecamatan", "diserahkan_bpjs", "warga") if meta.has_field(k)]
		letak[dt] = {}
		for b in frappe.get_all(dt, ["name", *kolom], limit=0, order_by="name"):
			if dt == "RT":
				b.rt = b.name
			elif dt in ("Kecamatan", "Kelurahan"):
				b = frappe._dict(name=b.name)
			elif "warga" in kolom and "rt" not in kolom:
				b.rt = frappe.db.get_value("Warga", b.warga, "rt")
			letak[dt][b.name] = (wilayah_dari(rt, b), bool(b.get("diserahkan_bpjs")))
	for anak, induk in tabel.items():
		baris = frappe.get_all(anak, {"parenttype": induk}, ["name", "parent"], limit=0, order_by="name")
		letak[anak] = {b.name: letak[induk][b.parent] for b in baris}
	return letak


def _lampiran(berkas: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
	return {
		w: {
			dt: url
			for dt, nama in milik.items()
			if (
				url := frappe.db.get_value(
					"File", {"attached_to_doctype": dt, "attached_to_name": nama}, "file_url"
				)
			)
		}
		for w, milik in berkas.items()
	}


def _pribadi() -> set[str]:
	baris = frappe.get_all("Data Pribadi", ["nik", "no_kk"], limit=0, order_by="name")
	return {nomor for b in baris for nomor in b.values() if nomor}


# --- undo


class Simpanan:
	"""The rows of the app's tables as they were, and the way back to them."""

	def __init__(self):
		tabel = {
			*doctype_aplikasi(),
			"File",
			"Comment",
			"Version",
			"User",
			"Has Role",
			"Activity Log",
			"Communication",
			"Tag Link",
			"Workflow Action",
			"DocShare",
			"ToDo",
			"Singles",
			"Series",
		}
		tunggal = frappe.get_all("DocType", {"issingle": 1}, pluck="name", order_by="name")
		self.tabel = sorted(tabel - CATATAN - set(tunggal))
		self.jumlah = self._jumlah()
		for t in self.tabel:
			frappe.db.sql_ddl(f"create or replace table `simpan {t}` like `tab{t}`")
			frappe.db.sql(f"insert into `simpan {t}` select * from `tab{t}`")  # noqa: S608
		frappe.db.commit()

	def kembalikan(self) -> None:
		for t in self.beda():
			frappe.db.sql(f"delete from `tab{t}`")  # noqa: S608
			frappe.db.sql(f"insert into `tab{t}` select * from `simpan {t}`")  # noqa: S608
		frappe.db.commit()
		frappe.cache.delete_keys("document_cache")

	def beda(self) -> list[str]:
		"""Tables that differ from what was kept."""
		kini = self._jumlah()
		return [t for t in self.tabel if kini[t] != self.jumlah[t]]

	def _jumlah(self) -> dict[str, int]:
		"""Checksum of each table."""
		frappe.db.rollback()
		baris = frappe.db.sql(f"checksum table {', '.join(f'`tab{t}`' for t in self.tabel)}")
		return {t: b[1] for t, b in zip(self.tabel, baris, strict=True)}

	def buang(self) -> None:
		for t in self.tabel:
			frappe.db.sql_ddl(f"drop table `simpan {t}`")


# --- one file in any state

# A file that is not signed yet has no scan.
KOSONG = {
	(surat, "Draf"): ("pindaian", "sidik_pindaian", "ditetapkan_pada")
	for surat in ("Surat Keputusan", "Surat Tugas")
}
# A registration is called off when its kegiatan was stopped, and nothing was paid.
BATAL = [
	("Pendaftaran BPJS", keadaan, "Batalkan Pendaftaran")
	for keadaan in ("Disiapkan", "Dikirim", "Ditagih", "Ditolak BPJS", "Diperbaiki")
]
KOSONG |= dict.fromkeys(BATAL, ("dibayar_pada", "bukti_bayar", "cara_bayar"))
# What a step, or every step out of a state, asks of other files: they are where the chain has them at that moment.
# what the later steps of a claim ask for, and the states in which there are payments
PUTUSAN = {"nomor_klaim": "K-1", "nilai_disetujui": 1_000_000, "keputusan": "Uji"}
DIBAYAR = ("Disetujui BPJS", "Dibayar", "Ditutup")
SYARAT = {
	**{batal: {"Kegiatan": "Dihentikan"} for batal in BATAL},
	("Pendaftaran BPJS", "Disiapkan"): {"Kegiatan": "Disetujui DPMPPA"},
	("Pendaftaran BPJS", "Diperbaiki"): {"Kegiatan": "Disetujui DPMPPA"},
	("Pendaftaran BPJS", "Dikirim"): {"Kegiatan": "Didaftarkan BPJS"},
	("Pendaftaran BPJS", "Ditagih"): {"Kegiatan": "Didaftarkan BPJS"},
	("Pendaftaran BPJS", "Diangsur"): {"Kegiatan": "Didaftarkan BPJS"},
	("Pendaftaran BPJS", "Lunas"): {"Kegiatan": "Didaftarkan BPJS"},
	("Pendaftaran BPJS", "Ditolak BPJS"): {"Kegiatan": "Didaftarkan BPJS"},
	("LPJ Kegiatan", "Draf"): {"Kegiatan": "Serah Terima"},
	("LPJ Kegiatan", "Dikembalikan"): {"Kegiatan": "Serah Terima"},
	("Kegiatan", "Serah Terima"): {"LPJ Kegiatan": "Diterima DPMPPA"},
	("Kegiatan", "Disetujui DPMPPA"): {"Pendaftaran BPJS": "Dikirim"},
}


def taruh(doctype: str, nama: str, keadaan: str, aksi: str | None = None) -> None:
	"""Put a file, and what it depends on, into a state, ready for the step `aksi`; commits."""
	frappe.db.rollback()
	lain = SYARAT.get((doctype, keadaan, aksi), SYARAT.get((doctype, keadaan), {}))
	_taruh(doctype, nama, keadaan, aksi)
	kegiatan = (
		nama if doctype == "Kegiatan" else frappe.db.get_value(doctype, nama, "kegiatan") if lain else None
	)
	for dt, status in lain.items():
		milik = kegiatan if dt == "Kegiatan" else frappe.db.get_value(dt, {"kegiatan": kegiatan})
		_taruh(dt, milik, status)
		if dt == "Pendaftaran BPJS":
			frappe.db.set_value("Kegiatan", kegiatan, "status_pendaftaran", status, update_modified=False)
	frappe.db.commit()


def _taruh(doctype: str, nama: str, keadaan: str, aksi: str | None = None) -> None:
	alur = frappe.get_cached_doc("Workflow", {"document_type": doctype})
	docstatus = next(s.doc_status for s in alur.states if s.state == keadaan)
	nilai = {"status": keadaan, "docstatus": int(docstatus), "alasan": f"Berkas {keadaan} belum lengkap"}
	nilai |= dict.fromkeys(KOSONG.get((doctype, keadaan, aksi), KOSONG.get((doctype, keadaan), ())))
	if doctype == "Kegiatan":  # of what was approved only this starts without a registration
		nilai["konstruksi"] = int(keadaan != "Disetujui DPMPPA")
	if doctype == "Klaim":  # a payment that is out of sight is none
		nilai |= PUTUSAN
		letak = "pembayaran" if keadaan in DIBAYAR else "disisihkan"
		frappe.db.set_value("Pembayaran Klaim", {"parent": nama}, "parentfield", letak, update_modified=False)
	frappe.db.set_value(doctype, nama, nilai, update_modified=False)
	for df in frappe.get_meta(doctype).get_table_fields():
		frappe.db.set_value(df.options, {"parent": nama}, "docstatus", int(docstatus), update_modified=False)
	frappe.clear_document_cache(doctype, nama)


# --- values of a new document


def bahan(panggung: Panggung, wilayah: str) -> dict[str, dict]:
	"""DocType -> values of a new document in that area, as valid as they can be; for masters in no area."""
	b, rt = panggung.berkas[wilayah], panggung.rt[wilayah]
	kemarin = add_days(nowdate(), -1)
	kegiatan, disetujui = b["Kegiatan"], b["Kegiatan: disetujui"]
	# of a DocType without values of its own here: bare ones, which are enough for a refusal
	dokumen = {
		dt: {"rt": rt} if frappe.get_meta(dt).has_field("rt") else {}
		for dt in doctype_aplikasi()
		if not frappe.get_meta(dt).istable and not frappe.get_meta(dt).issingle
	}
	polos = {dt for dt in dokumen if not frappe.get_meta(dt).has_field("rt") and wilayah != TETAP}
	dokumen |= {
		"RT": {
			"nomor": 77,
			"kelurahan": frappe.db.get_value("RT", rt, "kelurahan"),
			"berlaku_mulai": "2025-01-01",
		},
		"Warga": pabrik.data_warga(rt),
		"Penugasan": {
			"pengguna": "akses-ketua-lain-0@uji.invalid",
			"jabatan": "Pendamping",
			"mulai": nowdate(),
			"rt": rt,
		},
		"Impor Penugasan": {"berkas": "/private/files/tidak-ada.xlsx"},
		"Impor Warga": {"berkas": "/private/files/tidak-ada.xlsx"},
		"Impor Jawaban BPJS": {"berkas": "/private/files/tidak-ada.xlsx"},
		"Musyawarah": {
			"jenis": "Prioritas",
			"tanggal": f"{kemarin} 19:30:00",
			"tempat": "Pos Ronda",
			"rt": rt,
			"kk_diundang": 4,
			"usulan": [{"judul": "Jalan", "kategori": "Sanitasi", "keputusan": "Diputuskan"}],
		},
		"Kegiatan": {
			"judul": "Jalan",
			"musyawarah": b["Musyawarah: bebas"],
			"usulan": b["Usulan: bebas"],
			"rt": rt,
			"lokasi": "Gang Melati",
			"tanggal_mulai": nowdate(),
			"tanggal_selesai": add_days(nowdate(), 30),
			"rab": [
				{"uraian": "Semen", "jenis": "Bahan", "volume": 1, "satuan": "zak", "harga_satuan": 100_000}
			],
		},
		"Renja": _renja("Lima Tahunan", rt, b["Musyawarah: bebas"], b["Usulan: bebas"]),
		"Kemajuan Kegiatan": pabrik.data_kemajuan(kegiatan),
		"LPJ Kegiatan": {"kegiatan": b["Kegiatan: lain"]},
		"Adendum Kegiatan": pabrik.data_adendum(
			frappe.get_doc("Kegiatan", b["Kegiatan: lain"]), b["Musyawarah: perubahan"], masa_pemeliharaan=60
		),
		"Peserta": {"kegiatan": b["Kegiatan: draf"], "warga": b["Warga: baru"]},
		"Surat Keputusan": {"kegiatan": disetujui},
		"Surat Tugas": {"kegiatan": kegiatan},
		"Pendaftaran BPJS": {"kegiatan": disetujui},
		"Berkas BPJS": {"isi": [{"pendaftaran": b["Pendaftaran BPJS"]}]},
		"Kepesertaan Kota": {
			"warga": b["Warga"],
			"kelompok": "PHL",
			"mulai": "2001-01-01",
			"sampai": "2001-12-31",
		},
		"Impor Kepesertaan Kota": {"berkas": "/private/files/tidak-ada.xlsx"},
		"Klaim": {
			**pabrik.data_klaim(frappe.get_doc("Kegiatan", kegiatan)),
			"waktu_kejadian": f"{nowdate()} 00:00:01",
			"jenis": "JKM",
			"peserta": b["Peserta: lain"],
		},
		"Pemberitahuan Kecelakaan": {**pabrik.data_pemberitahuan(), "rt": rt},
	}
	if wilayah == TETAP:
		dokumen |= {
			"Ketentuan Kuorum": {
				"berlaku_mulai": "2001-01-01",
				"berlaku_sampai": "2001-12-31",
				"persen_minimum": 50,
				"dasar_hukum": "Uji",
			},
			"Ketentuan Pagu": {
				"berlaku_mulai": "2001-01-01",
				"berlaku_sampai": "2001-12-31",
				"dasar_hukum": "Uji",
				"lapis": [{"kk_dari": 1, "pagu": 1_000_000}],
			},
			"Standar Harga": {
				"uraian": "Uji",
				"satuan": "unit",
				"jenis": "Bahan",
				"harga": 1_000,
				"berlaku_mulai": "2001-01-01",
				"dasar_hukum": "Uji",
			},
			"Ketentuan Peserta": {
				"berlaku_mulai": "2001-01-01",
				"berlaku_sampai": "2001-12-31",
				"usia_minimum": 18,
				"usia_konfirmasi": 65,
				"upah_bulanan": 3_000_000,
				"dasar_hukum": "Uji",
			},
			"Ketentuan Klaim": {
				"berlaku_mulai": "2001-01-01",
				"berlaku_sampai": "2001-12-31",
				"dasar_hukum": "Uji",
			},
			"Templat Surat": {
				"jenis_dokumen": "Surat Tugas",
				"templat": "{seq:03}/{rt}/{yyyy}",
				"mengingat": "Uji",
				"berlaku_mulai": "2001-01-01",
				"berlaku_sampai": "2001-12-31",
				"dasar_hukum": "Uji",
			},
			"Jendela Pelaksanaan": {
				"tahun": 2001,
				"kelompok": "A",
				"mulai": "2001-01-01",
				"selesai": "2001-07-31",
				"dasar_hukum": "Uji",
			},
			"Tarif Iuran": {
				"nama": "Uji",
				"berlaku_mulai": "2001-01-01",
				"berlaku_sampai": "2001-12-31",
				"dasar_hukum": "Uji",
				"lapis": [{"batas_atas": 0, "jkk_persen": 0.1, "jkm_persen": 0.1}],
			},
			"Ketentuan Manfaat": {
				"nama": "Uji",
				"berlaku_mulai": "2001-01-01",
				"berlaku_sampai": "2001-12-31",
				"dasar_hukum": "Uji",
				"beasiswa_jkk": 0,
				**dict.fromkeys(
					(
						*("jkm_santunan", "jkm_berkala", "jkm_pemakaman", "kematian_persen"),
						*("cacat_total_persen", "stmb_persen_awal", "stmb_persen_lanjut"),
						*("transportasi_darat", "transportasi_laut", "transportasi_udara"),
						*("batas_meterai", "batas_npwp", "denda_persen"),
					),
					1,
				),
			},
			"Upah Minimum": {
				"nama": "Uji",
				"lingkup": "Kota",
				"upah": 1,
				"berlaku_mulai": "2001-01-01",
				"berlaku_sampai": "2001-12-31",
				"dasar_hukum": "Uji",
			},
			"Kelompok Kepesertaan": {"nama": "Uji", "dasar_hukum": "Uji"},
			"Tarif Kepesertaan Kota": {
				"kelompok": "PHL",
				"berlaku_mulai": "2001-01-01",
				"berlaku_sampai": "2001-12-31",
				"jkk": 10_000,
				"jkm": 6_800,
				"dasar_hukum": "Uji",
			},
			"Iuran Kepesertaan Kota": {"kelompok": "PHL", "bulan": nowdate()},
			"Anggaran Kepesertaan Kota": {
				"tahun": 2030,
				"kelompok": "PHL",
				"pagu": 1_000_000,
				"nomor_dpa": "DPA-1",
				"dasar_hukum": "Uji",
			},
			"Pemetaan Berkas BPJS": {
				"berlaku_mulai": "2001-01-01",
				"berlaku_sampai": "2001-12-31",
				"dasar_hukum": "Uji",
				"kolom": [{"lembar": "A", "judul": "A", "sumber": "Proyek: Nama", "format": "Teks"}],
			},
			"Jenis Dokumen Klaim": {"nama": "Uji", "jkm": 1},
			"Sertifikat Elektronik": {"nama": "Uji"},
			"Kecamatan": {"kode": "99.99.99", "nama": "Uji", "kabupaten_kota": "Uji"},
			"Kelurahan": {
				"kode": "99.99.99.9999",
				"nama": "Uji",
				"kecamatan": frappe.db.get_value("RT", rt, "kecamatan"),
			},
			"Jejak Keputusan": {"rujukan_doctype": "Kegiatan", "rujukan_nama": kegiatan, "aksi": "Setujui"},
			"Keputusan Massal": {"jenis_berkas": "Kegiatan", "aksi": "Setujui"},
			"Akses Data Pribadi": {"rujukan_doctype": "Warga", "rujukan_nama": b["Warga"], "kolom": "nik"},
			"Data Pribadi": {
				"nik": "1571011708809999",
				"no_kk": "1571011708809999",
				"tanggal_lahir": "1980-08-17",
			},
		}
	return {dt: {"doctype": dt, **nilai} for dt, nilai in dokumen.items() if nilai or dt not in polos}
