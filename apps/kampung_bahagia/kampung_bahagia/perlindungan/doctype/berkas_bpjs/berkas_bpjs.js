const MODUL = "kampung_bahagia.perlindungan.doctype.berkas_bpjs.berkas_bpjs";
const WARNA = { "Ada yang Ditolak": "orange", Gagal: "red" };
const HTTPS = "Sambungan HTTPS";
const WARNA_KIRIMAN = { Diterima: "green", "Gagal Sementara": "orange", "Gagal Tetap": "red" };

frappe.ui.form.on("Berkas BPJS", {
	setup(frm) {
		frm.set_query("pendaftaran", "isi", () => ({ filters: { status: ["!=", "Ditolak BPJS"] } }));
		frm.set_query("klaim", "isi", () => ({
			filters: { status: ["in", ["Diverifikasi DPMPPA", "Diajukan ke BPJS"]] },
		}));
		frappe.realtime.on("berkas_bpjs_kemajuan", ({ persen, keterangan }) => {
			frm.dashboard.show_progress(__("Menyusun berkas"), persen, keterangan);
		});
		frappe.realtime.on("berkas_bpjs", ({ nama }) => {
			frm.dashboard.hide_progress();
			if (nama === frm.doc.name) frm.reload_doc();
		});
	},

	refresh(frm) {
		const { status, sidik } = frm.doc;
		const terkirim = ["Dikirim", "Diterima BPJS"].includes(status);
		const dpmppa = frm.perm[0]?.write;
		if (terkirim) frm.disable_form();
		if (dpmppa && !terkirim) {
			frm.add_custom_button(__("Ambil yang Menunggu"), () => ambil(frm));
		}
		if (frm.is_new()) return;
		if (frm.doc.catatan) frm.set_intro(frappe.utils.escape_html(frm.doc.catatan), WARNA[status]);
		tampilkan_kiriman(frm);
		if (sidik && frm.perm[1]?.read) {
			frm.add_custom_button(__("Unduh ZIP"), () => open_url_post(`/api/method/${MODUL}.unduh`, { nama: frm.doc.name }));
		}
		if (status === "Dikirim") {
			frm.page.set_primary_action(__("Catat Penerimaan"), () => catat_penerimaan(frm));
		}
		if (!dpmppa || terkirim || frm.is_dirty()) return;
		if (status === "Siap Dikirim") {
			frm.add_custom_button(__("Susun Ulang"), () => susun(frm));
			frm.page.set_primary_action(__("Catat Pengiriman"), () => catat_pengiriman(frm));
		} else {
			frm.page.set_primary_action(__("Susun"), () => susun(frm));
		}
	},
});

function tampilkan_kiriman(frm) {
	const kiriman = frm.doc.__onload?.kiriman;
	if (!kiriman || kiriman.status === "Diterima") return;
	const tautan = `<a href="/app/kiriman-bpjs/${kiriman.name}"><u>${__("Pengiriman otomatis")}</u></a>`;
	const galat = kiriman.galat ? ` ${frappe.utils.escape_html(kiriman.galat)}` : "";
	frm.set_intro(`${tautan}: <b>${__(kiriman.status)}</b>.${galat}`, WARNA_KIRIMAN[kiriman.status] || "blue");
}

async function ambil(frm) {
	const calon = await frappe.xcall(`${MODUL}.calon`);
	const rujukan = (baris) => baris.pendaftaran || baris.klaim || baris.iuran_kota;
	const ada = new Set(frm.doc.isi?.map(rujukan));
	frm.doc.isi = frm.doc.isi?.filter(rujukan);
	let jumlah = 0;
	for (const [kolom, nama] of Object.entries(calon)) {
		for (const satu of nama.filter((n) => !ada.has(n))) {
			frm.add_child("isi", { [kolom]: satu });
			jumlah += 1;
		}
	}
	frm.refresh_field("isi");
	if (jumlah) frm.dirty();
	frappe.show_alert(jumlah ? __("{0} berkas ditambahkan.", [jumlah]) : __("Tidak ada yang menunggu diserahkan."));
}

function susun(frm) {
	frappe.confirm(
		__("Yang belum diajukan akan dinyatakan dikirim kepada BPJS, lalu semuanya disusun menjadi satu ZIP. Lanjutkan?"),
		() =>
			frappe.call({
				method: `${MODUL}.susun`,
				args: { nama: frm.doc.name },
				callback: () => frm.dashboard.show_progress(__("Menyusun berkas"), 1, __("Menunggu giliran")),
			})
	);
}

function tanya(judul, fields, metode, frm) {
	const dialog = new frappe.ui.Dialog({
		title: judul,
		fields,
		primary_action_label: __("Simpan"),
		async primary_action(isian) {
			await frappe.xcall(`${MODUL}.${metode}`, { nama: frm.doc.name, ...isian });
			dialog.hide();
			frm.reload_doc();
		},
	});
	dialog.show();
}

function catat_pengiriman(frm) {
	const https = frm.doc.__onload?.https;
	const semua = frappe.meta.get_docfield("Berkas BPJS", "jalur").options.split("\n").slice(1);
	const jalur = semua.filter((nama) => https || nama !== HTTPS);
	tanya(
		__("Catat Pengiriman"),
		[
			{
				fieldname: "jalur",
				fieldtype: "Select",
				label: __("Jalur"),
				options: jalur,
				default: https ? HTTPS : "",
				reqd: 1,
			},
			{
				fieldtype: "HTML",
				depends_on: `eval:doc.jalur == "${HTTPS}"`,
				options: `<p>${__("ZIP dikirim ke layanan BPJS sekarang, dan dicoba lagi sampai diterima.")}</p>`,
			},
			{
				fieldname: "dikirim_pada",
				fieldtype: "Datetime",
				label: __("Dikirim Pada (WIB)"),
				default: frappe.datetime.now_datetime(),
				depends_on: `eval:doc.jalur != "${HTTPS}"`,
				mandatory_depends_on: `eval:doc.jalur != "${HTTPS}"`,
			},
			{ fieldname: "catatan", fieldtype: "Small Text", label: __("Catatan Pengiriman") },
			{
				fieldtype: "HTML",
				options: `<p class="text-muted">${__("Setelah ini isi berkas tidak dapat diubah.")}</p>`,
			},
		],
		"kirim",
		frm
	);
}

function catat_penerimaan(frm) {
	const dari_bpjs = frappe.user.has_role("BPJS Ketenagakerjaan");
	const bukti = {
		fieldname: "tanda_terima",
		fieldtype: "Attach",
		label: __("Tanda Terima"),
		options: { doctype: frm.doctype, docname: frm.docname },
		reqd: 1,
	};
	tanya(
		__("Catat Penerimaan"),
		[
			{ fieldname: "penerima", fieldtype: "Data", label: __("Nama Penerima"), reqd: 1 },
			{
				fieldname: "diterima_pada",
				fieldtype: "Datetime",
				label: __("Diterima Pada (WIB)"),
				default: frappe.datetime.now_datetime(),
				reqd: 1,
			},
			...(dari_bpjs ? [] : [bukti]),
		],
		"terima",
		frm
	);
}
