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
