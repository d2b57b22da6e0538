from kampung_bahagia.izin.beralur import BERALUR

app_name = "kampung_bahagia"
app_title = "Kampung Bahagia"
app_publisher = "Kampung Bahagia maintainers"
app_description = "Neighbourhood development with social protection"
app_email = "admin@kampungbahagia.invalid"
app_license = "MIT"
app_logo_url = "/assets/kampung_bahagia/images/logo.svg"
app_include_js = "kampung_bahagia.bundle.js"
app_include_css = "kampung_bahagia.bundle.css"
# after the framework's own script of that form, which clears its buttons
doctype_js = {"Print Format": "public/js/print_format.js"}
web_include_css = "kampung_bahagia_web.bundle.css"
# addresses of forms before they moved below the start page of the Ketua RT
website_redirects = [
	{"source": r"/kegiatan-baru(/new)?", "target": "/ketua-rt/kegiatan"},
	{"source": r"/laporan-kecelakaan(/new)?", "target": "/ketua-rt/kecelakaan"},
]
extend_bootinfo = "kampung_bahagia.izin.layar.bekali"
required_apps: list[str] = []
require_type_annotated_api_methods = True

before_request = [
	"kampung_bahagia.izin.pintu.akhiri_sesi_terhapus",
	"kampung_bahagia.izin.peran.selaraskan_hari_ini",
	"kampung_bahagia.izin.pintu.periksa",
]
# after a key in the header was read, too
auth_hooks = ["kampung_bahagia.izin.peran.cabut_tanpa_dasar"]
after_request = ["kampung_bahagia.izin.kepala_http.pasang"]
on_logout = ["kampung_bahagia.izin.kepala_http.tandai_keluar"]

after_install = "kampung_bahagia.setup.siapkan"
after_migrate = "kampung_bahagia.setup.siapkan"
before_uninstall = "kampung_bahagia.tata_kelola.jejak.lepas_penjaga"

permission_query_conditions = {
	"RT": "kampung_bahagia.izin.cakupan.daftar_rt",
	"Warga": "kampung_bahagia.izin.cakupan.daftar_warga",
	"Perpindahan Warga": "kampung_bahagia.izin.cakupan.daftar_perpindahan_warga",
	"Penugasan": "kampung_bahagia.izin.cakupan.daftar_penugasan",
	"Musyawarah": "kampung_bahagia.izin.cakupan.daftar_musyawarah",
	"Renja": "kampung_bahagia.izin.cakupan.daftar_renja",
	"Kegiatan": "kampung_bahagia.izin.cakupan.daftar_kegiatan",
	"Kemajuan Kegiatan": "kampung_bahagia.izin.cakupan.daftar_kemajuan_kegiatan",
	"Adendum Kegiatan": "kampung_bahagia.izin.cakupan.daftar_adendum_kegiatan",
	"Peserta": "kampung_bahagia.izin.cakupan.daftar_peserta",
	"Surat Keputusan": "kampung_bahagia.izin.cakupan.daftar_surat_keputusan",
	"Surat Tugas": "kampung_bahagia.izin.cakupan.daftar_surat_tugas",
	"Pendaftaran BPJS": "kampung_bahagia.izin.cakupan.daftar_pendaftaran_bpjs",
	"Berkas BPJS": "kampung_bahagia.izin.cakupan.daftar_berkas_bpjs",
	"Impor Jawaban BPJS": "kampung_bahagia.izin.cakupan.daftar_impor_jawaban_bpjs",
	"Kepesertaan Kota": "kampung_bahagia.izin.cakupan.daftar_kepesertaan_kota",
	"Iuran Kepesertaan Kota": "kampung_bahagia.izin.cakupan.daftar_iuran_kepesertaan_kota",
	"Rincian Iuran Kota": "kampung_bahagia.izin.cakupan.daftar_rincian_iuran_kota",
	"Anggaran Kepesertaan Kota": "kampung_bahagia.izin.cakupan.daftar_anggaran_kepesertaan_kota",
	"Kiriman BPJS": "kampung_bahagia.izin.cakupan.daftar_kiriman_bpjs",
	"Klaim": "kampung_bahagia.izin.cakupan.daftar_klaim",
	"Pemberitahuan Kecelakaan": "kampung_bahagia.izin.cakupan.daftar_pemberitahuan_kecelakaan",
	"LPJ Kegiatan": "kampung_bahagia.izin.cakupan.daftar_lpj_kegiatan",
	"Jejak Keputusan": "kampung_bahagia.izin.cakupan.daftar_jejak_keputusan",
	"Dokumen Resmi": "kampung_bahagia.izin.cakupan.daftar_dokumen_resmi",
}
has_permission = dict.fromkeys(permission_query_conditions, "kampung_bahagia.izin.cakupan.boleh")
permission_query_conditions["Data Pribadi"] = "kampung_bahagia.izin.data_pribadi.tertutup"
has_permission["Data Pribadi"] = "kampung_bahagia.izin.data_pribadi.tertutup_dokumen"
permission_query_conditions["Akses Data Pribadi"] = "kampung_bahagia.izin.data_pribadi.daftar_akses"
has_permission["Akses Data Pribadi"] = "kampung_bahagia.izin.data_pribadi.boleh_akses"
# rows of tables have no document hook: Frappe asks their parent's
permission_query_conditions |= {
	"Anggota Pokja": "kampung_bahagia.izin.cakupan.daftar_anggota_pokja",
	"Usulan": "kampung_bahagia.izin.cakupan.daftar_usulan",
	"Hadirin": "kampung_bahagia.izin.cakupan.daftar_hadirin",
	"Butir Renja": "kampung_bahagia.izin.cakupan.daftar_butir_renja",
	"RAB Kegiatan": "kampung_bahagia.izin.cakupan.daftar_rab_kegiatan",
	"Foto Kegiatan": "kampung_bahagia.izin.cakupan.daftar_foto_kegiatan",
	"RAB Adendum": "kampung_bahagia.izin.cakupan.daftar_rab_adendum",
	"Peserta SK": "kampung_bahagia.izin.cakupan.daftar_peserta_sk",
	"Peserta Berhenti": "kampung_bahagia.izin.cakupan.daftar_peserta_berhenti",
	"Petugas Surat Tugas": "kampung_bahagia.izin.cakupan.daftar_petugas_surat_tugas",
	"Kehadiran Surat Tugas": "kampung_bahagia.izin.cakupan.daftar_kehadiran_surat_tugas",
	"Rincian Iuran": "kampung_bahagia.izin.cakupan.daftar_rincian_iuran",
	"Isi Berkas BPJS": "kampung_bahagia.izin.cakupan.daftar_isi_berkas_bpjs",
	"Bagian Berkas BPJS": "kampung_bahagia.izin.cakupan.daftar_bagian_berkas_bpjs",
	"Upah Pendaftaran": "kampung_bahagia.izin.cakupan.daftar_upah_pendaftaran",
	"Termin Iuran": "kampung_bahagia.izin.cakupan.daftar_termin_iuran",
	"Baris Jawaban BPJS": "kampung_bahagia.izin.cakupan.daftar_baris_jawaban_bpjs",
	"Realisasi RAB": "kampung_bahagia.izin.cakupan.daftar_realisasi_rab",
	"Dokumen Klaim": "kampung_bahagia.izin.cakupan.daftar_dokumen_klaim",
	"Saksi Klaim": "kampung_bahagia.izin.cakupan.daftar_saksi_klaim",
	"Ahli Waris Klaim": "kampung_bahagia.izin.cakupan.daftar_ahli_waris_klaim",
	"Rincian Manfaat": "kampung_bahagia.izin.cakupan.daftar_rincian_manfaat",
	"Laporan Tahap": "kampung_bahagia.izin.cakupan.daftar_laporan_tahap",
	"Pembayaran Klaim": "kampung_bahagia.izin.cakupan.daftar_pembayaran_klaim",
	"Pengajuan Klaim": "kampung_bahagia.izin.cakupan.daftar_pengajuan_klaim",
	"Penilaian Pertanggungan": "kampung_bahagia.izin.cakupan.daftar_penilaian_pertanggungan",
	"File": "kampung_bahagia.izin.berkas.daftar_file",
	"Baris Keputusan Massal": "kampung_bahagia.izin.massal.daftar_baris",
	"Workflow Action": "kampung_bahagia.izin.antrian.daftar_workflow_action",
}
has_permission["File"] = "kampung_bahagia.izin.berkas.boleh_berkas"
# what the framework shows to, or lets be written by, everyone who is signed in
HANYA_PENGELOLA = (
	"Document Follow",
	"Energy Point Log",
	"Event",
	"Google Calendar",
	"Google Contacts",
	"Note",
	"Tag Link",
	"User Group",
)
permission_query_conditions |= dict.fromkeys(HANYA_PENGELOLA, "kampung_bahagia.izin.akun.daftar_pengelola")
has_permission |= dict.fromkeys(HANYA_PENGELOLA, "kampung_bahagia.izin.akun.boleh_pengelola")
permission_query_conditions["Custom HTML Block"] = "kampung_bahagia.izin.akun.daftar_balok"
has_permission["Custom HTML Block"] = "kampung_bahagia.izin.akun.boleh_balok"
permission_query_conditions["User"] = "kampung_bahagia.izin.akun.daftar_user"
has_permission["User"] = "kampung_bahagia.izin.akun.boleh_user"
has_permission["Workflow Action"] = "kampung_bahagia.izin.antrian.boleh_workflow_action"

doc_events = {
	("Comment", "Communication", "DocShare", "ToDo"): {
		"before_insert": "kampung_bahagia.izin.sambungan.periksa_rujukan"
	},
	"Kegiatan": {
		"validate": [
			"kampung_bahagia.perlindungan.pada_kegiatan.perkirakan_iuran",
			"kampung_bahagia.perlindungan.pada_kegiatan.tandai",
			"kampung_bahagia.perlindungan.tenggat_pendaftaran.mulai",
		],
		"on_update": "kampung_bahagia.perlindungan.pada_kegiatan.tandai_pasangan",
		"on_update_after_submit": "kampung_bahagia.perlindungan.pada_kegiatan.tandai_pasangan",
		"before_update_after_submit": [
			"kampung_bahagia.perlindungan.pada_kegiatan.periksa_mulai",
			"kampung_bahagia.perlindungan.pada_kegiatan.perkirakan_iuran",
		],
		"on_change": "kampung_bahagia.perencanaan.doctype.renja.renja.ikuti_kegiatan",
	},
	"Adendum Kegiatan": {
		"validate": [
			"kampung_bahagia.perlindungan.pada_kegiatan.iuran_adendum",
			"kampung_bahagia.perlindungan.pada_kegiatan.ingatkan_perlindungan",
		],
		"on_submit": "kampung_bahagia.perlindungan.pada_kegiatan.tagihkan_selisih",
	},
	"RT": {"after_insert": "kampung_bahagia.tata_kelola.penomoran.rt_baru"},
	"Perpindahan Warga": {"after_insert": "kampung_bahagia.perlindungan.kepesertaan_kota.ikuti_pindah"},
	"Surat Keputusan": {"validate": "kampung_bahagia.klaim.pada_sk.periksa_berhenti"},
	("Kegiatan", "Pendaftaran BPJS", "Surat Keputusan", "Surat Tugas"): {
		"on_change": "kampung_bahagia.klaim.pertanggungan.nilai_ulang"
	},
	"User": {"validate": "kampung_bahagia.izin.peran.periksa_peran_user"},
	"Warga": {"validate": "kampung_bahagia.klaim.pada_warga.periksa_warga"},
	"Peserta": {"validate": "kampung_bahagia.klaim.pada_warga.periksa_peserta"},
	"System Settings": {"on_update": "kampung_bahagia.izin.totp.pada_system_settings"},
	"Workflow": {
		"validate": "kampung_bahagia.izin.alur.periksa_perubahan",
		"on_update": "kampung_bahagia.izin.alur.pindahkan_berkas",
		"on_trash": "kampung_bahagia.izin.alur.periksa_hapus",
	},
}

doc_events |= {
	catatan: {"before_save": "kampung_bahagia.izin.samaran.samarkan_catatan"}
	for catatan in (
		"Activity Log",
		"Comment",
		"Communication",
		"Data Import Log",
		"Email Queue",
		"Error Log",
		"Notification Log",
		"Prepared Report",
		"Scheduled Job Log",
		"ToDo",
	)
}
doc_events["Notification Log"]["after_insert"] = "kampung_bahagia.tata_kelola.kabar.kirim_surel"
doc_events["Version"] = {"before_insert": "kampung_bahagia.izin.samaran.samarkan_versi"}
make_email_body_message = "kampung_bahagia.izin.samaran.samarkan_surel"
additional_timeline_content = dict.fromkeys(BERALUR, "kampung_bahagia.tata_kelola.jejak.riwayat")
additional_timeline_content["Warga"] = (
	"kampung_bahagia.wilayah.doctype.perpindahan_warga.perpindahan_warga.riwayat"
)

override_doctype_class = {
	"Access Log": "kampung_bahagia.izin.samaran.AccessLogTersamar",
	"File": "kampung_bahagia.izin.berkas.BerkasProgram",
}

scheduler_events = {
	"daily": [
		"kampung_bahagia.perlindungan.berkas_lengkap.hapus_yang_lama",
		"kampung_bahagia.perlindungan.doctype.berkas_bpjs.berkas_bpjs.hapus_arsip_lama",
		"kampung_bahagia.wilayah.impor.hapus_berkas_lama",
		"kampung_bahagia.tata_kelola.cetak_banyak.hapus_yang_lama",
		"kampung_bahagia.tata_kelola.kiriman.hapus_lama",
		"kampung_bahagia.tata_kelola.penomoran.siapkan_deret",
		"kampung_bahagia.tata_kelola.resmi.hapus_pemindaian_lama",
	],
	"cron": {
		"2 0 * * *": [
			"kampung_bahagia.izin.peran.selaraskan_semua",
			"kampung_bahagia.tata_kelola.jejak.umumkan_kepala",
			"kampung_bahagia.perlindungan.kepesertaan_kota.segarkan",
		],
		"*/3 * * * *": [
			"kampung_bahagia.izin.massal.lanjutkan_yang_terhenti",
			"kampung_bahagia.wilayah.doctype.impor_warga.impor_warga.lanjutkan_yang_terhenti",
			"kampung_bahagia.tata_kelola.kabar.kabarkan",
			"kampung_bahagia.perlindungan.pertukaran.kotak_keluar.lanjutkan",
			"kampung_bahagia.perlindungan.pertukaran.jawaban.jadwalkan",
			"kampung_bahagia.klaim.tenggat.ingatkan",
			"kampung_bahagia.klaim.pemberitahuan.kenali_tertunda",
			"kampung_bahagia.klaim.pemberitahuan.ingatkan",
		],
	},
}

override_whitelisted_methods = {
	"frappe.desk.listview.get_group_by_count": "kampung_bahagia.izin.pencarian.get_group_by_count",
	"frappe.desk.search.get_link_title": "kampung_bahagia.izin.pencarian.get_link_title",
	"frappe.desk.search.search_link": "kampung_bahagia.izin.pencarian.search_link",
	"frappe.desk.search.search_widget": "kampung_bahagia.izin.pencarian.search_widget",
	"frappe.model.workflow.bulk_workflow_approval": "kampung_bahagia.izin.massal.bulk_workflow_approval",
	"frappe.client.get_count": "kampung_bahagia.izin.hitungan.get_count",
	"frappe.core.doctype.user.user.reset_password": "kampung_bahagia.izin.akun.reset_password",
	"frappe.desk.search.get_names_for_mentions": "kampung_bahagia.izin.akun.get_names_for_mentions",
	"frappe.utils.global_search.search": "kampung_bahagia.izin.hitungan.search",
	"frappe.desk.form.linked_with.get": "kampung_bahagia.izin.kaitan.get",
	"frappe.desk.form.linked_with.get_submitted_linked_docs": "kampung_bahagia.izin.kaitan.get_submitted_linked_docs",
	"frappe.website.doctype.web_form.web_form.get_link_options": "kampung_bahagia.izin.web_form.get_link_options",
	"frappe.utils.print_format.download_pdf": "kampung_bahagia.tata_kelola.cetak.download_pdf",
	"frappe.utils.print_format.download_multi_pdf": "kampung_bahagia.tata_kelola.cetak.download_multi_pdf",
	"frappe.www.printview.get_html_and_style": "kampung_bahagia.tata_kelola.cetak.get_html_and_style",
}

jinja = {
	"methods": [
		"kampung_bahagia.perencanaan.jendela.rt_belum_berkegiatan",
		"kampung_bahagia.tata_kelola.kabar.pejabat_wilayah",
		"kampung_bahagia.tata_kelola.kabar.penerima_kabar",
		"kampung_bahagia.tata_kelola.resmi.tanda_verifikasi",
		*(
			f"kampung_bahagia.tata_kelola.naskah.{nama}"
			for nama in (
				"dasar_surat",
				"format_rupiah",
				"foto_surat",
				"hari_tanggal",
				"jam_surat",
				"kegiatan_surat",
				"langkah_surat",
				"pada_hari_ini",
				"pejabat_surat",
				"pengaturan_surat",
				"persen_indonesia",
				"tanggal_indonesia",
				"terbilang_rupiah",
				"wilayah_surat",
			)
		),
		*(
			f"kampung_bahagia.perencanaan.naskah.{nama}"
			for nama in (
				"acara_surat",
				"hadirin_surat",
				"kemajuan_surat",
				"musyawarah_serah_terima",
				"musyawarah_surat",
				"pokja_surat",
				"rab_adendum_surat",
				"rab_surat",
				"usulan_surat",
			)
		),
		"kampung_bahagia.perencanaan.hadir.qr_hadir",
		"kampung_bahagia.perlindungan.naskah.tenaga_kerja_surat",
		"kampung_bahagia.perlindungan.kartu.kartu_peserta",
		"kampung_bahagia.perlindungan.kartu.sk_peserta",
		*(
			f"kampung_bahagia.klaim.naskah.{nama}"
			for nama in ("bermeterai", "dokumen_surat", "klaim_surat", "penutup_surat", "waris_surat")
		),
	]
}
