// {% include "kampung_bahagia/templates/includes/formulir.js" %}

const JENIS_KEJADIAN = [
	{ value: "JKK Perawatan", label: "Luka atau sakit karena kecelakaan kerja" },
	{ value: "JKK Meninggal", label: "Meninggal karena kecelakaan kerja" },
	{ value: "JKM", label: "Meninggal, bukan karena kecelakaan kerja" },
];

frappe.ready(async () => {
	formulir.pemilih_waktu("waktu_kejadian", "datetime-local");
	formulir.foto("foto");
	formulir.kolom("hp_pelapor").$input.attr({ type: "tel", autocomplete: "tel" });
	formulir.kolom("nama_pelapor").set_value(frappe.get_cookie("full_name"));
	formulir.isi_pilihan("jenis", JENIS_KEJADIAN);
	formulir.setelah_kirim((doc) => {
		const kurang = doc.dokumen.filter((d) => d.wajib && !d.berkas).length;
		const batas = moment(doc.batas_tahap_satu).format("D-M-YYYY [pukul] HH.mm");
		const jam = doc.terlambat
			? `Batas lapor Tahap I (${batas} WIB) sudah lewat. ${doc.akibat_terlambat}`
			: `Batas lapor Tahap I ke BPJS: <b>${batas} WIB</b>.`;
		return `<p>Nomor laporan <b>${doc.name}</b>. Catat nomor ini.</p><p>${jam}</p>
			<p>Penilaian awal pertanggungan: <b>${doc.status_pertanggungan}</b>.</p>
			<p>Berikutnya: lurah memeriksa laporan ini, lalu DPMPPA meneruskannya kepada BPJS.${
				kurang ? ` Sambil menunggu, lengkapi <b>${kurang} dokumen wajib</b>.` : ""
			}</p>
			<p><a class="btn btn-primary btn-block" href="/app/klaim/${doc.name}">Lengkapi dokumen</a></p>`;
	});

	const { message: kegiatan } = await frappe.call("kampung_bahagia.klaim.layar.peserta_tersedia");
	if (!kegiatan.length) {
		formulir.tutup(
			"Belum ada peserta kegiatan yang dapat Anda laporkan. Daftarkan dahulu peserta pada kegiatan RT Anda, atau hubungi lurah."
		);
		return;
	}
	frappe.web_form.on("kegiatan", () => {
		const k = kegiatan.find((k) => k.kegiatan === formulir.kolom("kegiatan").get_value());
		formulir.isi_pilihan("peserta", k ? k.peserta.map((p) => ({ value: p.name, label: p.nama })) : []);
	});
	formulir.isi_pilihan("peserta", []);
	formulir.isi_pilihan(
		"kegiatan",
		kegiatan.map((k) => ({ value: k.kegiatan, label: k.judul }))
	);
	formulir.belum_diubah();
});
