const WARNA_PERTANGGUNGAN = { Terlindungi: "green", "Perlu Telaah": "orange", "Di Luar Masa": "red" };
const SEBELUM_BPJS = ["Dilaporkan", "Dikembalikan", "Diverifikasi Lurah", "Diverifikasi DPMPPA"];

frappe.ui.form.on("Klaim", {
	refresh(frm) {
		// the coloured list above the form says the same
		frm.toggle_display("alasan_pertanggungan", false);
		frm.layout.wrapper.find(".kb-klaim").remove();
		clearInterval(frm.jam_tahap_satu);
		if (frm.is_new()) return;
		$(
			`<section class="kb-klaim"><p class="kb-jam"></p>${pertanggungan(frm.doc)}${kelengkapan(frm.doc)}</section>`
		).insertAfter(frm.layout.wrapper.find(".kb-perjalanan"));
		tampilkan_kepesertaan(frm);
		const jalan = () => frm.layout.wrapper.find(".kb-jam").html(jam(frm.doc));
		jalan();
		frm.jam_tahap_satu = setInterval(jalan, 60 * 1000);
	},
});

function pertanggungan(doc) {
	const alasan = (doc.alasan_pertanggungan || "").split("\n").filter(Boolean);
	const terpenuhi = alasan.filter((a) => a.startsWith("✓"));
	const daftar = (baris, kelas) =>
		`<ul class="${kelas}">${baris.map((a) => `<li>${frappe.utils.escape_html(a)}</li>`).join("")}</ul>`;
	const warna = WARNA_PERTANGGUNGAN[doc.status_pertanggungan] || "gray";
	return `<p><span class="indicator-pill ${warna}">${__(doc.status_pertanggungan || "Belum dinilai")}</span></p>
		${daftar(alasan.filter((a) => !terpenuhi.includes(a)), "tidak")}
		<details><summary>${__("{0} syarat terpenuhi", [terpenuhi.length])}</summary>${daftar(terpenuhi, "ya")}</details>`;
}

/** Hours left to the first-stage report: 2×24 hours from the accident, by the hour of the site (WIB). */
function jam(doc) {
	if (!doc.batas_tahap_satu) return "";
	const batas = frappe.datetime.str_to_user(doc.batas_tahap_satu);
	if (doc.terlambat) {
		return `<b class="text-danger">${__("Dilaporkan melewati batas Tahap I ({0} WIB).", [batas])}</b>`;
	}
	if (!SEBELUM_BPJS.includes(doc.status)) return __("Dilaporkan sebelum batas Tahap I ({0} WIB).", [batas]);
	const menit = moment(doc.batas_tahap_satu).diff(moment(frappe.datetime.now_datetime()), "minutes");
	if (menit < 0) {
		return `<b class="text-danger">${__("Batas lapor Tahap I ke BPJS sudah lewat ({0} WIB).", [batas])}</b>`;
	}
	const sisa = __("{0} jam {1} menit", [Math.floor(menit / 60), menit % 60]);
	return `<b class="${menit < 12 * 60 ? "text-danger" : ""}">${__("Sisa waktu lapor Tahap I ke BPJS: {0}", [sisa])}</b>
		<span class="text-muted">(${__("batas {0} WIB", [batas])})</span>`;
}

function kelengkapan(doc) {
	const kurang = (doc.dokumen || []).filter((d) => d.wajib && !d.berkas);
	const persen = cint(doc.kelengkapan);
	return `<p>${__("Dokumen wajib lengkap {0}%", [persen])}</p>
		<div class="progress"><div class="progress-bar ${persen < 100 ? "bg-warning" : "bg-success"}" style="width:${persen}%"></div></div>
		${kurang.length ? `<p class="text-muted">${__("Belum ada: {0}", [kurang.map((d) => frappe.utils.escape_html(d.jenis_dokumen)).join(", ")])}</p>` : ""}`;
}

/** What the person was insured by besides, on the day of the accident. */
async function tampilkan_kepesertaan(frm) {
	const $bagian = frm.layout.wrapper.find(".kb-klaim");
	const kalimat = await frappe.xcall("kampung_bahagia.klaim.layar.kepesertaan_lain", { nama: frm.doc.name });
	const isi = kalimat.length ? kalimat : [__("tidak ada.")];
	$bagian.append(`<p class="text-muted">${__("Kepesertaan Kota pada hari kejadian")}: ${isi.map(frappe.utils.escape_html).join(" ")}</p>`);
}
