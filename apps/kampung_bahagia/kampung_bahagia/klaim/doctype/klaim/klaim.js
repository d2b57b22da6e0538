const WARNA_PERTANGGUNGAN = { Terlindungi: "green", "Perlu Telaah": "orange", "Di Luar Masa": "red" };
const SELESAI = ["Ditutup", "Ditarik"];
const PELAPOR = ["Ketua RT", "Lurah", "DPMPPA"];
// what the list above the form says already
const TERSIRAT = [
	"alasan_pertanggungan",
	"akibat_terlambat",
	"batas_tahap_satu",
	"tahap_satu_pada",
	"terlambat",
	"batas_tahap_dua",
	"terlambat_tahap_dua",
	"diajukan_pada",
	"batas_bayar",
	"kedaluwarsa_pada",
	"tenggat_jenis",
	"tenggat_pada",
];

frappe.ui.form.on("Klaim", {
	refresh(frm) {
		frm.toggle_display(TERSIRAT, false);
		frm.toggle_display("riwayat_pertanggungan", (frm.doc.riwayat_pertanggungan || []).length > 1);
		frm.layout.wrapper.find(".kb-klaim").remove();
		clearInterval(frm.jam_klaim);
		if (frm.is_new()) return;
		const ringkasan = $(
			`<section class="kb-klaim"><ul class="kb-jam list-unstyled"></ul>${pertanggungan(frm.doc)}${kelengkapan(frm)}</section>`
		).insertAfter(frm.layout.wrapper.find(".kb-perjalanan"));
		tampilkan_pemberitahuan(frm);
		tampilkan_kepesertaan(frm);
		tampilkan_pembayaran(frm);
		pasang_pemeriksaan(frm, ringkasan);
		tampilkan_tenggat(frm);
		if (frm.doc.jenis !== "JKM" && !SELESAI.includes(frm.doc.status) && PELAPOR.some((j) => frappe.user.has_role(j))) {
			frm.add_custom_button(__("Catat Laporan Tahap"), () => catat_laporan(frm));
		}
		if (frm.perm[1]?.read && PELAPOR.some((j) => frappe.user.has_role(j))) {
			frm.add_custom_button(__("Kabari Keluarga"), () => kabari_keluarga(frm));
		}
	},
});

async function tampilkan_tenggat(frm) {
	const nama = frm.doc.name;
	const tenggat = await frappe.xcall("kampung_bahagia.klaim.tenggat.tenggat_untuk_layar", { klaim: nama });
	if (frm.doc.name !== nama) return; // another claim was opened meanwhile
	const jalan = () =>
		frm.layout.wrapper.find(".kb-jam").html(tenggat.map(baris_tenggat).filter(Boolean).join("") + akibat(frm.doc));
	jalan();
	frm.jam_klaim = setInterval(jalan, 60 * 1000);
}

/** One clock: hours or days left by the hour of the site (WIB), kept, or missed. */
function baris_tenggat(satu) {
	const batas = frappe.datetime.str_to_user(satu.batas);
	const [warna, pokok] = keadaan(satu, batas);
	const teks = pokok && [pokok, satu.catatan && frappe.utils.escape_html(satu.catatan)].filter(Boolean).join("; ");
	return teks && `<li title="${frappe.utils.escape_html(satu.dasar_hukum)}"><span class="indicator ${warna}"><span>${frappe.utils.escape_html(satu.nama)}: ${teks}</span></span></li>`;
}

function keadaan(satu, batas) {
	if (satu.selesai) {
		const pada = frappe.datetime.str_to_user(satu.selesai);
		if (satu.lewat) return ["red", __("{0}, melewati batas {1}", [pada, batas])];
		return ["green", __("{0}, tepat waktu", [pada])];
	}
	const sisa = kampung_bahagia.sisa_waktu(satu.batas, true);
	if (!sisa) return ["gray", ""];
	if (sisa.lewat) return ["red", __("melewati batas {0}", [batas])];
	return [sisa.warna, `<b>${sisa.teks}</b> (${__("batas {0}", [batas])})`];
}

const akibat = (doc) =>
	doc.akibat_terlambat ? `<li class="text-muted">${frappe.utils.escape_html(doc.akibat_terlambat)}</li>` : "";

/** The words for the family, to be sent from the official's own phone. */
async function kabari_keluarga(frm) {
	const { teks, hp } = await frappe.xcall("kampung_bahagia.klaim.kabar_keluarga.untuk_keluarga", { klaim: frm.doc.name });
	const dialog = new frappe.ui.Dialog({
		title: __("Kabar untuk Keluarga"),
		fields: [{ fieldname: "teks", fieldtype: "Small Text", label: __("Pesan"), default: teks }],
		primary_action_label: __("Buka WhatsApp"),
		primary_action(nilai) {
			window.open(`https://wa.me/${hp}?text=${encodeURIComponent(nilai.teks)}`, "_blank", "noopener");
			dialog.hide();
		},
	});
	dialog.show();
}

function catat_laporan(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Catat Laporan Tahap"),
		fields: [
			{ fieldname: "tahap", fieldtype: "Select", label: __("Tahap"), options: ["I", "II"], default: "I", reqd: 1 },
			{
				fieldname: "kepada",
				fieldtype: "Select",
				label: __("Disampaikan Kepada"),
				options: ["BPJS Ketenagakerjaan", "Pengawas Ketenagakerjaan"],
				default: "BPJS Ketenagakerjaan",
				reqd: 1,
			},
			{
				fieldname: "pada",
				fieldtype: "Datetime",
				label: __("Disampaikan Pada (WIB)"),
				default: frappe.datetime.now_datetime(),
				reqd: 1,
			},
			{ fieldname: "cara", fieldtype: "Select", label: __("Cara"), options: ["Daring", "Luring"], default: "Daring", reqd: 1 },
			{ fieldname: "tanda_terima", fieldtype: "Data", label: __("Nomor Tanda Terima") },
		],
		primary_action_label: __("Catat"),
		async primary_action(nilai) {
			await frappe.xcall("kampung_bahagia.klaim.tenggat.catat_laporan", { klaim: frm.doc.name, ...nilai }, "POST");
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}

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

function kelengkapan(frm) {
	const persen = cint(frm.doc.kelengkapan);
	const baris = (frm.doc.dokumen || []).map((d) => baris_dokumen(frm, d)).join("");
	return `<p>${__("Dokumen wajib lengkap {0}%", [persen])}</p>
		<div class="progress"><div class="progress-bar ${persen < 100 ? "bg-warning" : "bg-success"}" style="width:${persen}%"></div></div>
		<details class="kb-dokumen" ${persen < 100 ? "open" : ""}><summary>${__("Daftar dokumen")}</summary><ul class="list-unstyled">${baris}</ul></details>`;
}

const tersedia = (d) => d.sumber || (d.berkas && d.pemeriksaan !== "Ditolak");

function baris_dokumen(frm, d) {
	const aman = frappe.utils.escape_html;
	const warna = tersedia(d) ? (d.pemeriksaan === "Diterima" || d.sumber ? "green" : "blue") : d.wajib ? "red" : "gray";
	const ket = [];
	if (d.pemeriksaan === "Ditolak") ket.push(`<span class="text-danger">${__("Ditolak: {0}", [aman(d.alasan_ditolak || "")])}</span>`);
	if (d.sumber) ket.push(aman(d.sumber));
	else if (!tersedia(d)) {
		if (d.pembawa) ket.push(__("Dibawa oleh {0}", [aman(d.pembawa)]));
		if (d.memperlihatkan) ket.push(aman(d.memperlihatkan));
	}
	if (!d.wajib) ket.push(__("tidak wajib"));
	const tombol = d.berkas && boleh_memeriksa(frm)
		? `<button class="btn btn-xs btn-default" data-terima="${d.name}" type="button">${__("Terima")}</button>
			<button class="btn btn-xs btn-default" data-tolak="${d.name}" type="button">${__("Tolak")}</button>`
		: "";
	const nama = d.berkas
		? `<a href="${encodeURI(d.berkas)}" target="_blank" rel="noopener">${aman(d.jenis_dokumen)}</a>`
		: aman(d.jenis_dokumen);
	const templat = frappe.model.can_print("Klaim") && frm.doc.__onload?.naskah?.templat[d.jenis_dokumen];
	const cetak = templat && !d.sumber
		? `<a class="btn btn-xs btn-default" href="${kampung_bahagia.alamat_pdf(frm, templat)}" target="_blank" rel="noopener" title="${aman(templat)}">${__("Cetak")}</a>`
		: "";
	return `<li><span class="indicator ${warna}"><span>${nama}${ket.length ? ` <span class="text-muted">${ket.join(". ")}</span>` : ""} ${cetak} ${tombol}</span></span></li>`;
}

const boleh_memeriksa = (frm) =>
	(frm.doc.status === "Dilaporkan" && frappe.user.has_role("Lurah")) ||
	(["Diverifikasi Lurah", "Diverifikasi DPMPPA", "Ditolak BPJS"].includes(frm.doc.status) && frappe.user.has_role("DPMPPA"));

function pasang_pemeriksaan(frm, wadah) {
	const kirim = async (dokumen, hasil, alasan) => {
		await frappe.xcall("kampung_bahagia.klaim.dokumen.periksa", { klaim: frm.doc.name, dokumen, hasil, alasan }, "POST");
		frm.reload_doc();
	};
	wadah.on("click", "[data-terima]", (e) => kirim(e.currentTarget.dataset.terima, "Diterima"));
	wadah.on("click", "[data-tolak]", (e) => {
		const dokumen = e.currentTarget.dataset.tolak;
		frappe.prompt(
			{ fieldname: "alasan", fieldtype: "Small Text", label: __("Apa yang harus diperbaiki?"), reqd: 1 },
			({ alasan }) => kirim(dokumen, "Ditolak", alasan),
			__("Tolak Dokumen"),
			__("Tolak")
		);
	});
}

/** When the family or a clinic told of it first: evidence of the hour at which the accident was known. */
async function tampilkan_pemberitahuan(frm) {
	const $bagian = frm.layout.wrapper.find(".kb-klaim");
	const semua = await frappe.xcall("kampung_bahagia.klaim.ambil_alih.pemberitahuan_klaim", { klaim: frm.doc.name });
	if (!semua.length) return;
	const { diterima_pada, hubungan } = semua[0];
	const pada = frappe.datetime.str_to_user(diterima_pada);
	const teks = __("Diberitahukan pertama kali {0} WIB oleh {1}, seluruhnya {2} pemberitahuan.", [pada, hubungan.toLowerCase(), semua.length]);
	$bagian.append(`<p>${frappe.utils.escape_html(teks)}</p>`);
}

/** What the person was insured by besides, on the day of the accident. */
async function tampilkan_kepesertaan(frm) {
	const $bagian = frm.layout.wrapper.find(".kb-klaim");
	const kalimat = await frappe.xcall("kampung_bahagia.klaim.layar.kepesertaan_lain", { nama: frm.doc.name });
	const isi = kalimat.length ? kalimat : [__("tidak ada.")];
	$bagian.append(`<p class="text-muted">${__("Kepesertaan Kota pada hari kejadian")}: ${isi.map(frappe.utils.escape_html).join(" ")}</p>`);
}

/** What BPJS paid beside what was estimated. */
async function tampilkan_pembayaran(frm) {
	const $tabel = frm.fields_dict.pembayaran.$wrapper;
	$tabel.find(".kb-banding").remove();
	if (!(frm.doc.pembayaran || []).length || !frm.perm[1]?.read) return;
	const { baris, catatan } = await frappe.xcall("kampung_bahagia.klaim.pembayaran.perbandingan", { klaim: frm.doc.name });
	const rupiah = (n) => format_currency(n, "IDR", 0);
	const judul = [__("Perkiraan"), __("Dibayar"), __("Selisih")];
	const isi = baris.map((b) => {
		const nilai = [b.perkiraan || null, b.dibayar, b.selisih];
		const sel = nilai.map((n, i) => (n === null ? "<td></td>" : `<td data-judul="${judul[i]}">${rupiah(n)}</td>`));
		return `<tr><th scope="row">${frappe.utils.escape_html(b.manfaat)}</th>${sel.join("")}</tr>`;
	});
	$tabel.find(".kb-banding").remove();
	$tabel.append(
		`<div class="kb-banding">${catatan.map((c) => `<p class="text-warning">${frappe.utils.escape_html(c)}</p>`).join("")}
		<table class="table table-sm"><thead><tr>${[__("Manfaat"), ...judul].map((j) => `<th scope="col">${j}</th>`).join("")}</tr></thead>
		<tbody>${isi.join("")}</tbody></table></div>`
	);
}
