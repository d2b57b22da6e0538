frappe.ui.form.on("Surat Tugas", {
	setup(frm) {
		frm.set_query("kegiatan", () => ({
			filters: {
				status: ["in", ["Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi", "Berjalan"]],
			},
		}));
		frm.set_query("surat_keputusan", () => ({
			filters: {
				kegiatan: frm.doc.kegiatan,
				status: "Ditetapkan",
				jenis: ["!=", "Pencabutan"],
				dokumen_resmi: ["is", "set"],
			},
		}));
		frm.set_query("peserta", "lampiran", () => ({
			filters: { kegiatan: frm.doc.kegiatan, surat_keputusan: frm.doc.surat_keputusan },
		}));
	},

	refresh(frm) {
		const pencatat = frappe.user.has_role("Ketua RT") && frm.doc.status === "Ditetapkan";
		if (pencatat) frm.add_custom_button(__("Catat Kehadiran"), () => catat(frm)).addClass("btn-primary");
		frm.get_field("kehadiran").grid.cannot_add_rows = true;
		frm.set_df_property("kehadiran", "cannot_delete_rows", 1);
	},

	async kegiatan(frm) {
		if (!frm.doc.kegiatan) return;
		const usulan = await frappe.xcall(`${MODUL}.usulan`, { kegiatan: frm.doc.kegiatan });
		frm.set_value(usulan);
	},
});

const MODUL = "kampung_bahagia.perlindungan.doctype.surat_tugas.surat_tugas";

/** One day, everyone of the letter with a box to tick: who was there. */
function catat(frm) {
	const hari_ini = frappe.datetime.get_today();
	const akhir = frm.doc.berlaku_sampai < hari_ini ? frm.doc.berlaku_sampai : hari_ini;
	const dialog = new frappe.ui.Dialog({
		title: __("Catat Kehadiran"),
		fields: [
			{
				fieldname: "tanggal",
				fieldtype: "Date",
				label: __("Tanggal"),
				reqd: 1,
				default: akhir,
				onchange: () => centang(),
			},
			...frm.doc.lampiran.map((b, i) => ({
				fieldname: `orang_${i}`,
				fieldtype: "Check",
				label: frappe.utils.escape_html(b.nama),
			})),
		],
		primary_action_label: __("Simpan"),
		async primary_action({ tanggal, ...isi }) {
			const hadir = frm.doc.lampiran.filter((_b, i) => isi[`orang_${i}`]).map((b) => b.peserta);
			await frappe.call({
				method: `${MODUL}.catat_kehadiran`,
				args: { nama: frm.docname, tanggal, hadir },
				freeze: true,
			});
			dialog.hide();
			frm.reload_doc();
		},
	});
	/** What is written down of the day; on a day that is not, everyone was there. */
	function centang() {
		const tercatat = frm.doc.kehadiran.filter((b) => b.tanggal === dialog.get_value("tanggal"));
		frm.doc.lampiran.forEach((b, i) => {
			const baris = tercatat.find((satu) => satu.peserta === b.peserta);
			dialog.set_value(`orang_${i}`, baris ? baris.hadir : Number(!tercatat.length));
		});
	}
	dialog.show();
	centang();
}
