frappe.ui.form.on("Surat Keputusan", {
	setup(frm) {
		frm.set_query("kegiatan", () => ({
			filters: {
				status: ["in", ["Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi", "Berjalan"]],
			},
		}));
		const milik_kegiatan = () => ({ filters: { kegiatan: frm.doc.kegiatan } });
		frm.set_query("peserta", "lampiran", milik_kegiatan);
		frm.set_query("atas_sk", () => ({
			filters: {
				kegiatan: frm.doc.kegiatan,
				status: "Ditetapkan",
				dokumen_resmi: ["is", "set"],
			},
		}));
		frm.set_query("peserta", "keluar", () => ({
			filters: { kegiatan: frm.doc.kegiatan, surat_keputusan: frm.doc.atas_sk },
		}));
		frm.set_query("pengganti", "keluar", () => ({
			filters: { kegiatan: frm.doc.kegiatan, surat_keputusan: ["is", "not set"] },
		}));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(frm.doc.docstatus ? __("Cetak SK") : __("Lihat Rancangan"), () => {
			const alamat = new URLSearchParams({ doctype: frm.doctype, name: frm.docname });
			window.open(`/api/method/frappe.utils.print_format.download_pdf?${alamat}`);
		});
		if (frappe.user.has_role("Ketua RT") && frm.doc.status === "Ditetapkan" && !frm.doc.dokumen_resmi) {
			frm.add_custom_button(__("Unggah SK Bertanda Tangan"), () => unggah(frm));
		}
		if (
			frappe.user.has_role("Ketua RT") &&
			frm.doc.status === "Ditetapkan" &&
			frm.doc.dokumen_resmi &&
			frm.doc.jenis !== "Pencabutan"
		) {
			frm.add_custom_button(__("Ubah Susunan"), () => rancang(frm, "Perubahan"), __("SK Baru"));
			frm.add_custom_button(__("Cabut SK Ini"), () => rancang(frm, "Pencabutan"), __("SK Baru"));
		}
		tunggu_laporan(frm);
	},

	async before_workflow_action(frm) {
		const elektronik = frm.doc.cara_tanda_tangan === "Elektronik";
		if (frm.selected_workflow_action !== "Tetapkan" || !elektronik) return;
		const { message: perlu } = await frappe.call("kampung_bahagia.tata_kelola.resmi.perlu_otp");
		if (!perlu) return;
		frappe.dom.unfreeze();
		await new Promise((lanjut, batal) => {
			let dikirim = false;
			const dialog = frappe.prompt(
				{
					fieldname: "otp",
					fieldtype: "Data",
					label: __("OTP dari layanan tanda tangan"),
					reqd: 1,
				},
				async ({ otp }) => {
					dikirim = true;
					await frappe.call({
						method: "kampung_bahagia.tata_kelola.resmi.titip_otp",
						args: { otp },
						error: batal,
					});
					lanjut();
				},
				__("Tanda Tangan Elektronik"),
				__("Tandatangani"),
			);
			// the dialog closes a moment before it hands over what was typed
			dialog.onhide = () => setTimeout(() => dikirim || batal());
		});
	},

	async kegiatan(frm) {
		if (!frm.doc.kegiatan || frm.doc.jenis !== "Penetapan") return;
		const { message } = await frappe.db.get_value("Kegiatan", frm.doc.kegiatan, [
			"judul",
			"tanggal_mulai",
			"tanggal_selesai",
		]);
		frm.set_value({
			tentang: __("Penugasan Warga dalam Kegiatan {0}", [message.judul]),
			berlaku_mulai: message.tanggal_mulai,
			berlaku_sampai: message.tanggal_selesai,
		});
	},
});

async function rancang(frm, jenis) {
	const { message } = await frappe.call("kampung_bahagia.perlindungan.layar.rancang_sk", {
		sk: frm.docname,
		jenis,
	});
	const [doc] = frappe.model.sync(message);
	frappe.set_route("Form", doc.doctype, doc.name);
}

function tunggu_laporan(frm) {
	if (!frm.doc.batas_lapor || !frm.doc.dokumen_resmi || frm.doc.dilaporkan_pada) return;
	const batas = frappe.datetime.str_to_user(frm.doc.batas_lapor);
	const lewat = frm.doc.batas_lapor < frappe.datetime.get_today();
	frm.dashboard.set_headline(
		__("Perubahan ini dilaporkan ke BPJS paling lambat {0}{1}.", [
			batas,
			lewat ? __(", sudah lewat") : "",
		]),
		lewat ? "red" : "orange",
	);
	if (!frappe.user.has_role("DPMPPA")) return;
	frm.add_custom_button(__("Catat Laporan ke BPJS"), () =>
		frappe.prompt(
			{
				fieldname: "dilaporkan_pada",
				fieldtype: "Date",
				label: __("Dilaporkan Pada"),
				default: frappe.datetime.get_today(),
				reqd: 1,
			},
			async ({ dilaporkan_pada }) => {
				await frappe.call({
					method: "kampung_bahagia.perlindungan.layar.lapor_perubahan",
					args: { sk: frm.docname, dilaporkan_pada },
				});
				frm.reload_doc();
			},
			__("Laporan Perubahan ke BPJS"),
			__("Catat"),
		),
	);
}

function unggah(frm) {
	new frappe.ui.FileUploader({
		doctype: frm.doctype,
		docname: frm.docname,
		fieldname: "pindaian",
		folder: "Home/Attachments",
		allow_multiple: false,
		restrictions: { allowed_file_types: [".pdf", "image/*"] },
		async on_success(berkas) {
			await frm.set_value("pindaian", berkas.file_url);
			frm.save("Update");
		},
	});
}
