const SK_DAPAT_DIBUAT = ["Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi", "Berjalan"];
const PESERTA_TERTUTUP = ["Ditolak", "Dihentikan", "Serah Terima", "Selesai"];

frappe.ui.form.on("Kegiatan", {
	setup(frm) {
		frm.set_query("musyawarah", () => {
			const filters = { status: "Disahkan" };
			if (frm.doc.rt) filters.rt = frm.doc.rt;
			return { filters };
		});
	},

	refresh(frm) {
		if (frm.is_new()) {
			muat_usulan(frm);
			return;
		}
		if (frappe.user.has_role("Ketua RT")) tombol_ketua_rt(frm);
		if (
			frappe.user.has_role("DPMPPA") &&
			frm.doc.status === "Disetujui DPMPPA" &&
			frm.doc.konstruksi &&
			!frm.doc.pendaftaran
		) {
			tombol_buat(frm, __("Siapkan Pendaftaran BPJS"), "Pendaftaran BPJS");
		}
	},

	musyawarah(frm) {
		frm.set_value("usulan", null);
		muat_usulan(frm);
	},

	usulan(frm) {
		const usulan = (frm.pilihan_usulan || []).find((u) => u.name === frm.doc.usulan);
		if (usulan && !frm.doc.judul) frm.set_value("judul", usulan.judul);
	},
});

frappe.ui.form.on("RAB Kegiatan", {
	volume: hitung_baris,
	harga_satuan: hitung_baris,
});

// shown while typing; what is stored is computed on the server
function hitung_baris(frm, cdt, cdn) {
	const baris = locals[cdt][cdn];
	frappe.model.set_value(cdt, cdn, "jumlah", flt(baris.volume * baris.harga_satuan, 0));
}

async function muat_usulan(frm) {
	const { musyawarah } = frm.doc;
	if (!musyawarah) return;
	const usulan = await frappe.xcall(
		"kampung_bahagia.perencanaan.doctype.musyawarah.musyawarah.usulan_diputuskan",
		{ musyawarah }
	);
	if (frm.doc.musyawarah !== musyawarah || !frm.is_new()) return;
	frm.pilihan_usulan = usulan;
	frm.fields_dict.usulan.set_data(
		usulan.map((u) => ({ value: u.name, label: u.judul, description: u.kategori }))
	);
	frm.set_df_property(
		"usulan",
		"description",
		usulan.length ? "" : __("Semua usulan yang diputuskan musyawarah ini sudah menjadi kegiatan.")
	);
	if (usulan.length === 1) frm.set_value("usulan", usulan[0].name);
}

function tombol_ketua_rt(frm) {
	if (!PESERTA_TERTUTUP.includes(frm.doc.status)) {
		frm.add_custom_button(__("Tambah Peserta"), () => tambah_peserta(frm));
	}
	if (SK_DAPAT_DIBUAT.includes(frm.doc.status) && !frm.doc.surat_keputusan) {
		tombol_buat(frm, __("Buat SK"), "Surat Keputusan");
	}
}

/** The new document takes all it needs from the kegiatan, so it is made at once and opened for review. */
function tombol_buat(frm, label, doctype) {
	frm.add_custom_button(label, async () => {
		const doc = await frappe.db.insert({ doctype, kegiatan: frm.docname });
		frappe.set_route("Form", doctype, doc.name);
	});
}

async function tambah_peserta(frm) {
	const warga = await frappe.xcall("kampung_bahagia.perlindungan.layar.calon_peserta", {
		kegiatan: frm.docname,
	});
	kampung_bahagia.pilih_warga({
		judul: __("Tambah Peserta"),
		tombol: __("Tambahkan"),
		warga,
		async pakai(terpilih) {
			const hasil = await frappe.xcall("kampung_bahagia.perlindungan.layar.tambah_peserta", {
				kegiatan: frm.docname,
				warga: terpilih.map((w) => w.name),
			});
			frappe.show_alert({ message: __("{0} peserta ditambahkan.", [hasil.ditambah]), indicator: "green" });
			if (hasil.ditolak.length) {
				frappe.msgprint({
					title: __("Belum dapat ditambahkan"),
					message: hasil.ditolak.join("<br>"),
					indicator: "orange",
				});
			}
			frm.reload_doc();
		},
	});
}
