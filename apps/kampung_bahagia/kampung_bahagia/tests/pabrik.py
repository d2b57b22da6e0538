"""Makes what tests need, through the controllers and the Workflow, as the officials would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import count

import frappe
from frappe.model.workflow import apply_workflow
from frappe.utils import add_days, now_datetime, nowdate
from PIL import Image

from kampung_bahagia.izin.peran import sisip_baris
from kampung_bahagia.perencanaan.doctype.kegiatan.kegiatan import KOLOM_ADENDUM, KOLOM_RAB

_urut = count(1)


@contextmanager
def sebagai(user: str) -> Iterator[None]:
	semula = frappe.session.user
	frappe.set_user(user)
	try:
		yield
	finally:
		frappe.set_user(semula)


def pengguna(nama: str) -> str:
	"""A desk user without any role."""
	email = f"{nama}@uji.invalid"
	if not frappe.db.exists("User", email):
		user = frappe.get_doc(
			{
				"doctype": "User",
				"email": email,
				"first_name": nama,
				"user_type": "System User",
				"send_welcome_email": 0,
			}
		)
		user.insert(ignore_permissions=True)
		# the framework makes the first desk user of a site its administrator
		frappe.db.delete("Has Role", {"parent": email})
		frappe.clear_cache(user=email)
	return email


def peran_tanpa_penugasan(user: str, *peran: str) -> None:
	"""Office roles that no Penugasan gives, as rows: every other way is closed."""
	sisip_baris("Has Role", "roles", [(user, {"role": p}) for p in peran])
	frappe.clear_cache(user=user)


def penugasan(user: str, jabatan: str, **nilai):
	return frappe.get_doc(
		{
			"doctype": "Penugasan",
			"pengguna": user,
			"jabatan": jabatan,
			"mulai": "2025-01-01",
			"dasar_hukum": "SK Pengangkatan Uji",
			**nilai,
		}
	).insert(ignore_permissions=True)


POKJA = (
	("Ketua", None),
	("Sekretaris", "Pemuda"),
	("Bendahara", "Perempuan"),
	("Anggota", "Tokoh Agama"),
)
# the photo of the place that a plan must show; its file is not asked for
FOTO_SEBELUM = {"tahap": "Sebelum", "foto": "/private/files/sebelum.png"}
FOTO_SESUDAH = {"tahap": "Sesudah", "foto": "/private/files/sesudah.png"}


def pagu(*lapis: tuple[int, int, int]) -> None:
	"""Make (from, to, rupiah) the rows of the ceiling in force; nearly boundless without them."""
	doc = frappe.get_doc("Ketentuan Pagu", frappe.db.get_value("Ketentuan Pagu", {}))
	doc.set("lapis", [{"kk_dari": a, "kk_sampai": b, "pagu": n} for a, b, n in lapis or ((1, 0, 10**11),)])
	doc.save(ignore_permissions=True)


def rt(kelurahan: str, nomor: int | None = None, **nilai):
	"""An RT with a complete Pokja. Tests put many dear kegiatan into one, so the ceiling is out of their way."""
	if frappe.db.exists("Lapis Pagu", {"pagu": ["<", 10**11]}):
		pagu()
	terpakai = frappe.get_all("RT", {"kelurahan": kelurahan}, pluck="nomor", order_by="nomor")
	return frappe.get_doc(
		{
			"doctype": "RT",
			"nomor": nomor or next(n for n in count(100) if n not in terpakai),
			"kelurahan": kelurahan,
			"berlaku_mulai": "2025-01-01",
			"jumlah_kk": 60,
			"pokja": [
				{"nama": f"Anggota {i}", "jabatan": jabatan, "unsur": unsur}
				for i, (jabatan, unsur) in enumerate(POKJA, 1)
			],
			**nilai,
		}
	).insert(ignore_permissions=True)


@dataclass
class Kampung:
	"""Two RT of one kelurahan, one RT of another, and who holds which office there."""

	rt: str
	rt_tetangga: str
	rt_jauh: str
	kelurahan: str
	kelurahan_lain: str
	ketua: str
	ketua_tetangga: str
	ketua_jauh: str
	pendamping: str
	lurah: str
	lurah_lain: str
	dpmppa: str
	dpmppa_lain: str
	bpjs: str
	pengawas: str
	admin: str


def _kelurahan_kosong() -> list[str]:
	"""Two kelurahan of the first kecamatan in which nothing was made yet: nobody else's figures are in it."""
	terpakai = set(frappe.get_all("RT", pluck="kecamatan", order_by="name"))
	for kecamatan in frappe.get_all("Kecamatan", pluck="name", order_by="name"):
		if kecamatan not in terpakai:
			return frappe.get_all(
				"Kelurahan", filters={"kecamatan": kecamatan}, pluck="name", order_by="name", limit=2
			)
	raise LookupError("every kecamatan is taken")


def kampung(awalan: str = "k") -> Kampung:
	kel, kel_lain = _kelurahan_kosong()
	a, b, c = rt(kel).name, rt(kel).name, rt(kel_lain).name
	n = next(_urut)
	u = {
		peran: pengguna(f"{awalan}{n}-{peran.replace('_', '-')}")
		for peran in Kampung.__annotations__
		if not peran.startswith(("rt", "kelurahan"))
	}
	penugasan(u["ketua"], "Ketua RT", rt=a)
	penugasan(u["ketua_tetangga"], "Ketua RT", rt=b)
	penugasan(u["ketua_jauh"], "Ketua RT", rt=c)
	penugasan(u["pendamping"], "Pendamping", rt=a)
	penugasan(u["lurah"], "Lurah", kelurahan=kel)
	penugasan(u["lurah_lain"], "Lurah", kelurahan=kel_lain)
	penugasan(u["dpmppa"], "DPMPPA")
	penugasan(u["dpmppa_lain"], "DPMPPA")
	penugasan(u["bpjs"], "BPJS Ketenagakerjaan")
	penugasan(u["pengawas"], "Pengawas")
	penugasan(u["admin"], "Admin Kampung Bahagia")
	return Kampung(a, b, c, kel, kel_lain, **u)


def tiga_rt() -> tuple[Kampung, Kampung, Kampung]:
	"""A kampung as each of its three RT sees it: the own one, the neighbour's, and the one in another kelurahan. The
	pendamping accompanies all three.
	"""
	k = kampung()
	for jauh in (k.rt_tetangga, k.rt_jauh):
		penugasan(k.pendamping, "Pendamping", rt=jauh)
	return (
		k,
		replace(k, rt=k.rt_tetangga, ketua=k.ketua_tetangga),
		replace(k, rt=k.rt_jauh, ketua=k.ketua_jauh, lurah=k.lurah_lain),
	)


def data_warga(rt: str, **nilai) -> dict:
	"""Values of a new resident with a valid NIK: a man born on 17 August 1980 unless told otherwise."""
	n = next(_urut)
	return {
		"doctype": "Warga",
		"nama": f"Warga Uji {n}",
		"nik": f"157101170880{n:04}",
		"no_kk": f"157101010115{n:04}",
		"jenis_kelamin": "Laki-laki",
		"tanggal_lahir": "1980-08-17",
		"rt": rt,
		**nilai,
	}


def warga(rt: str, jumlah: int = 1) -> list:
	return [frappe.get_doc(data_warga(rt)).insert() for _ in range(jumlah)]


def musyawarah(k: Kampung, *, usulan: int | list[dict] = 1, hadir: int = 3, diundang: int = 4, **nilai):
	"""A draft of the Ketua RT, with quorum, decided usulan and signed papers."""
	with sebagai(k.ketua):
		orang = warga(k.rt, hadir)
		doc = frappe.get_doc(
			{
				"doctype": "Musyawarah",
				"jenis": "Prioritas",
				"tanggal": now_datetime(),
				"tempat": "Pos Ronda",
				"rt": k.rt,
				"kk_diundang": diundang,
				"usulan": usulan
				if isinstance(usulan, list)
				else [
					{
						"judul": f"Drainase {next(_urut)}",
						"kategori": "Sanitasi",
						"perkiraan_biaya": 96_500_000,
						"suara": hadir,
						"keputusan": "Diputuskan",
					}
					for i in range(usulan)
				],
				"hadirin": [{"warga": w.name} for w in orang],
				**nilai,
			}
		).insert()
		for kolom in ("berita_acara", "daftar_hadir_bertanda"):
			doc.set(kolom, lampiran(doc, f"{kolom}.pdf", k.ketua))
		return doc.save()


def musyawarah_sah(k: Kampung, **nilai):
	m = musyawarah(k, **nilai)
	for user, aksi in ((k.ketua, "Ajukan"), (k.pendamping, "Teruskan ke Lurah"), (k.lurah, "Sahkan")):
		m = langkah(m, user, aksi)
	return m


def renja(k: Kampung, m, **nilai):
	"""A draft plan for 2027 with the first usulan of the legitimate meeting `m`."""
	with sebagai(k.ketua):
		return frappe.get_doc(
			{
				"doctype": "Renja",
				"rt": m.rt,
				"jenis": "Tahunan",
				"tahun_awal": 2027,
				"musyawarah": m.name,
				"butir": [{"usulan": m.usulan[0].name, "tahun": 2027}],
				**nilai,
			}
		).insert()


def langkah(doc, user: str, aksi: str, **nilai):
	"""Take one step of the Workflow as `user`, after writing the values that the step needs."""
	with sebagai(user):
		doc = frappe.get_doc(doc.doctype, doc.name)
		if nilai:
			doc.update(nilai)
			doc.save()
		return apply_workflow(doc, aksi)


def data_kegiatan(m, usulan: int = 0, **nilai) -> dict:
	return {
		"doctype": "Kegiatan",
		"judul": "Perbaikan Drainase",
		"musyawarah": m.name,
		"usulan": m.usulan[usulan].name,
		"rt": m.rt,
		"lokasi": "Gang Melati",
		"tanggal_mulai": nowdate(),
		"tanggal_selesai": add_days(nowdate(), 30),
		"masa_pemeliharaan": 30,
		"foto": [FOTO_SEBELUM],
		"rab": [
			{"uraian": "Semen", "jenis": "Bahan", "volume": 965, "satuan": "zak", "harga_satuan": 100_000}
		],
		**nilai,
	}


def kegiatan(k: Kampung, *, peserta: int = 2, **nilai):
	"""A draft worth Rp96.500.000 with its people, from a legitimate musyawarah."""
	m = musyawarah_sah(k)
	with sebagai(k.ketua):
		doc = frappe.get_doc(data_kegiatan(m, **nilai)).insert()
		for h in m.hadirin[:peserta]:
			frappe.get_doc({"doctype": "Peserta", "kegiatan": doc.name, "warga": h.warga}).insert()
	return doc


def kegiatan_disetujui(k: Kampung, **nilai):
	doc = kegiatan(k, **nilai)
	for user, aksi in ((k.ketua, "Ajukan"), (k.lurah, "Verifikasi"), (k.dpmppa, "Setujui")):
		doc = langkah(doc, user, aksi)
	return doc


def pendaftaran(k: Kampung, kegiatan):
	with sebagai(k.dpmppa):
		return frappe.get_doc({"doctype": "Pendaftaran BPJS", "kegiatan": kegiatan.name}).insert()


def berkas_bpjs(k: Kampung, *isi, **nilai):
	"""A package of these registrations and claims, not built yet."""
	baris = [{"pendaftaran" if d.doctype == "Pendaftaran BPJS" else "klaim": d.name} for d in isi]
	with sebagai(k.dpmppa):
		return frappe.get_doc({"doctype": "Berkas BPJS", "isi": baris, **nilai}).insert()


def bersertifikat(k: Kampung, daftar, **nilai):
	"""Bring a registration the whole way: sent, billed, paid now, certified for 60 days."""
	daftar = langkah(daftar, k.dpmppa, "Kirim")
	daftar = langkah(
		daftar, k.bpjs, "Tagih", nomor_proyek="26-0001", kode_iuran="880001", tagihan=daftar.iuran
	)
	daftar = langkah(
		daftar,
		k.dpmppa,
		"Catat Lunas",
		dibayar_pada=now_datetime(),
		bukti_bayar=lampiran(daftar, "bukti.pdf", k.dpmppa),
	)
	return langkah(
		daftar,
		k.bpjs,
		"Terbitkan Sertifikat",
		**{
			"nomor_sertifikat": "S-1",
			"berlaku_mulai": nowdate(),
			"berlaku_sampai": add_days(nowdate(), 60),
			**nilai,
		},
	)


def selembar(judul: str) -> bytes:
	"""A scanned page as PDF, small, another file for each title."""
	isi = BytesIO()
	Image.new("L", (700, 11), 255).save(isi, "PDF", title=judul)
	return isi.getvalue()


def lampiran(doc, nama: str, user: str, isi: bytes | None = None) -> str:
	"""Attach a file as `user`, a small PDF unless `isi` says otherwise; its URL."""
	with sebagai(user):
		file = frappe.get_doc(
			{
				"doctype": "File",
				"file_name": nama,
				"attached_to_doctype": doc.doctype,
				"attached_to_name": doc.name,
				"is_private": 1,
				"content": isi or selembar(f"{doc.name} {nama}"),
			}
		).insert(ignore_permissions=True)
	return file.file_url


def akun_surel_keluar() -> None:
	"""An account by which the site could send letters; nobody listens at its address."""
	frappe.get_doc(
		{
			"doctype": "Email Account",
			"name": "Surel Uji",
			"email_account_name": "Surel Uji",
			"email_id": "program@uji.invalid",
			"enable_outgoing": 1,
			"default_outgoing": 1,
			"smtp_server": "127.0.0.1",
			"smtp_port": 1,
		}
	).db_insert()


def surat_keputusan(k: Kampung, kegiatan, *, ditetapkan: bool = True, dipindai: bool = True, **nilai):
	with sebagai(k.ketua):
		sk = frappe.get_doc({"doctype": "Surat Keputusan", "kegiatan": kegiatan.name, **nilai}).insert()
	if ditetapkan:
		sk = langkah(sk, k.ketua, "Tetapkan")
	if ditetapkan and dipindai:
		with sebagai(k.ketua):
			sk.pindaian = lampiran(sk, "sk.pdf", k.ketua)
			sk.save()
	return sk


def surat_tugas(k: Kampung, kegiatan, *, ditetapkan: bool = True, **nilai):
	"""For everyone whom the signed SK of the kegiatan names, as it is drafted unless told otherwise."""
	with sebagai(k.ketua):
		doc = frappe.get_doc({"doctype": "Surat Tugas", "kegiatan": kegiatan.name, **nilai}).insert()
	return langkah(doc, k.ketua, "Tetapkan") if ditetapkan else doc


def kegiatan_berjalan(k: Kampung, **nilai):
	doc = kegiatan_disetujui(k, **nilai)
	bersertifikat(k, pendaftaran(k, doc))
	surat_keputusan(k, doc)
	return langkah(doc, k.ketua, "Mulai")


def data_adendum(kegiatan, musyawarah: str, **nilai) -> dict:
	"""The kegiatan as it stands, with the changes in `nilai`."""
	rab = [{kolom: b.get(kolom) for kolom in KOLOM_RAB} for b in kegiatan.rab]
	sama = {kolom: kegiatan.get(kolom) for kolom in KOLOM_ADENDUM}
	return {
		"doctype": "Adendum Kegiatan",
		"kegiatan": kegiatan.name,
		"musyawarah": musyawarah,
		"alasan_perubahan": "Saluran lebih panjang dari rencana.",
		"rab": rab,
		**sama,
		**nilai,
	}


def musyawarah_perubahan(k: Kampung, kegiatan):
	"""A legitimate meeting on changes of this kegiatan."""
	keputusan = "Saluran diperpanjang dan waktu ditambah."
	return musyawarah_sah(k, jenis="Perubahan", kegiatan=kegiatan.name, keputusan=keputusan)


def adendum(k: Kampung, kegiatan, **nilai):
	"""A draft from a legitimate meeting on changes of this kegiatan."""
	m = musyawarah_perubahan(k, kegiatan)
	with sebagai(k.ketua):
		return frappe.get_doc(data_adendum(kegiatan, m.name, **nilai)).insert()


def data_kemajuan(kegiatan: str, **nilai) -> dict:
	return {
		"doctype": "Kemajuan Kegiatan",
		"kegiatan": kegiatan,
		"tanggal": nowdate(),
		"persen": 20,
		"foto": "/private/files/selama.png",
		**nilai,
	}


def kemajuan(k: Kampung, kegiatan, **nilai):
	with sebagai(k.ketua):
		return frappe.get_doc(data_kemajuan(kegiatan.name, **nilai)).insert()


def kegiatan_serah_terima(k: Kampung, **nilai):
	"""Work that is done and handed over, decided in a legitimate musyawarah."""
	doc = kegiatan_berjalan(k, **nilai)
	musyawarah_sah(
		k, usulan=0, jenis="Serah Terima", kegiatan=doc.name, keputusan="Hasil diterima dengan baik."
	)
	return serah_terimakan(k, doc)


def serah_terimakan(k: Kampung, kegiatan):
	"""Show the finished work, and hand it over."""
	with sebagai(k.ketua):
		kegiatan.reload()
		kegiatan.append("foto", FOTO_SESUDAH)
		kegiatan.save()
	return langkah(kegiatan, k.ketua, "Serah Terimakan")


def lpj(k: Kampung, kegiatan, *, realisasi: float | None = None):
	"""A draft with receipts, spending `realisasi` of each line (all of it when None)."""
	with sebagai(k.ketua):
		doc = frappe.get_doc({"doctype": "LPJ Kegiatan", "kegiatan": kegiatan.name}).insert()
		for baris in doc.realisasi:
			baris.realisasi = baris.anggaran if realisasi is None else realisasi
			baris.bukti = lampiran(doc, f"nota-{baris.idx}.pdf", k.ketua)
		doc.bukti_pengembalian = lampiran(doc, "setor.pdf", k.ketua)
		doc.berita_acara_serah_terima = lampiran(doc, "bast.pdf", k.ketua)
		return doc.save()


def lpj_diterima(k: Kampung, kegiatan):
	doc = lpj(k, kegiatan)
	for user, aksi in ((k.ketua, "Ajukan"), (k.lurah, "Periksa"), (k.dpmppa, "Terima")):
		doc = langkah(doc, user, aksi)
	return doc


def kepesertaan_kota(warga: str, **nilai):
	"""In force since today in a group that the city pays for, as the present user records it."""
	return frappe.get_doc(
		{
			"doctype": "Kepesertaan Kota",
			"warga": warga,
			"kelompok": "Petugas Syara'",
			"mulai": nowdate(),
			**nilai,
		}
	).insert()


def data_klaim(kegiatan, **nilai) -> dict:
	return {
		"doctype": "Klaim",
		"peserta": frappe.get_all(
			"Peserta", filters={"kegiatan": kegiatan.name}, pluck="name", order_by="name", limit=1
		)[0],
		"jenis": "JKK Perawatan",
		"waktu_kejadian": now_datetime(),
		"tempat": "Gang Melati",
		"kronologi": "Terpeleset saat mengangkat semen.",
		"nama_pelapor": "Ketua RT",
		"hp_pelapor": "0812 3456 7890",
		**nilai,
	}


def klaim(k: Kampung, kegiatan, **nilai):
	with sebagai(k.ketua):
		return frappe.get_doc(data_klaim(kegiatan, **nilai)).insert()


def pembayaran(k: Kampung, klaim, jumlah: int, **nilai) -> dict:
	"""A row of what BPJS paid, with its proof."""
	bukti = lampiran(klaim, "bayar.pdf", k.bpjs)
	baris = {"manfaat": "Seluruh Manfaat", "tanggal": nowdate(), "jumlah": jumlah, "penerima": klaim.nama}
	return baris | {"bukti": bukti} | nilai


def data_pemberitahuan(**nilai) -> dict:
	"""What an official writes down of an accident that a family tells of; its RT or kelurahan is missing."""
	return {
		"doctype": "Pemberitahuan Kecelakaan",
		"nama_korban": "Korban Uji",
		"keadaan_korban": "Dirawat atau cedera",
		"waktu_kejadian": now_datetime(),
		"tempat": "Gang Melati",
		"kronologi": "Terpeleset saat mengangkat semen.",
		"nama_pelapor": "Keluarga Uji",
		"hp_pelapor": "081234567890",
		"hubungan": "Keluarga",
		**nilai,
	}


def pemberitahuan(k: Kampung, klaim):
	"""An open notice, which names the claim that it belongs to."""
	with sebagai(k.ketua):
		doc = frappe.get_doc(data_pemberitahuan(rt=klaim.rt)).insert()
	frappe.db.set_value(doc.doctype, doc.name, {"klaim": klaim.name, "warga": klaim.warga})
	return frappe.get_doc(doc.doctype, doc.name)


def lengkapi_dokumen(doc, user: str):
	with sebagai(user):
		doc = frappe.get_doc(doc.doctype, doc.name)
		if doc.jenis != "JKM":
			doc.keterangan_dokter_pada = now_datetime()
		for d in doc.dokumen:
			d.berkas = lampiran(doc, f"{d.idx}.pdf", user)
		return doc.save()


def ajukan_ke_bpjs(k: Kampung, klaim):
	"""Bring a claim whose papers are complete to BPJS."""
	for user, aksi in ((k.lurah, "Verifikasi"), (k.dpmppa, "Verifikasi"), (k.dpmppa, "Ajukan ke BPJS")):
		klaim = langkah(klaim, user, aksi)
	return klaim
