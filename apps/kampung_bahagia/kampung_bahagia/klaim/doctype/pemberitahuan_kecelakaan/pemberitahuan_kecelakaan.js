const PENGAMBIL = ["Ketua RT", "Lurah", "DPMPPA"];
const ALAMAT = "kampung_bahagia.klaim.ambil_alih";
const JENIS = ["JKK Perawatan", "JKK Meninggal", "JKM"];
const aman = frappe.utils.escape_html;

frappe.ui.form.on("Pemberitahuan Kecelakaan", {
	async refresh(frm) {
		frm.layout.wrapper.find(".kb-pemberitahuan").remove();
		if (frm.is_new() || !PENGAMBIL.some((j) => frappe.user.has_role(j))) return;
		const nama = frm.doc.name;
		const calon = await frappe.xcall(`${ALAMAT}.calon`, { pemberitahuan: nama });
		if (frm.doc.name !== nama) return; // another one was opened meanwhile
		tampilkan(frm, calon);
		if (frm.doc.status === "Diteruskan") return;
		frm.add_custom_button(__("Jadikan Klaim"), () => jadikan(frm, calon));
		if (calon.klaim.length) frm.add_custom_button(__("Gabungkan dengan Klaim"), () => gabungkan(frm, calon));
		frm.add_custom_button(__("Kaitkan Warga"), () => kaitkan(frm));
	},
});

/** How long there is still time, which notices tell of the same, and which claim there is already. */
function tampilkan(frm, calon) {
	const baris = [];
	if (frm.doc.status === "Diterima") {
		const batas = frappe.datetime.str_to_user(frm.doc.batas_tahap_satu);
		const sisa = kampung_bahagia.sisa_waktu(frm.doc.batas_tahap_satu, true);
		baris.push(
			`<p><span class="indicator ${sisa.warna}"><span>${__("Laporan Tahap I ke BPJS")}: <b>${sisa.teks}</b> (${__("batas {0}", [batas])})</span></span></p>`
		);
		if (!frm.doc.warga) {
			baris.push(`<p>${__("Korban belum dikenali. Hubungi pelapor, lalu pilih Kaitkan Warga atau Jadikan Klaim.")}</p>`);
		}
	}
	if (calon.serupa.length) {
		const daftar = calon.serupa
			.map((s) => `<a href="/app/pemberitahuan-kecelakaan/${encodeURIComponent(s.name)}">${aman(s.name)}</a> (${aman(s.hubungan)}, ${aman(__(s.status))})`)
			.join(", ");
		baris.push(`<p>${__("Pemberitahuan lain tentang kejadian ini, ikut digabungkan")}: ${daftar}</p>`);
	}
	if (frm.doc.status !== "Diteruskan" && calon.klaim.length) {
		baris.push(`<p>${__("Sudah ada klaim yang mungkin sama")}: <b>${calon.klaim.map((k) => aman(k.name)).join(", ")}</b></p>`);
	}
	if (baris.length) {
		$(`<section class="kb-klaim kb-pemberitahuan">${baris.join("")}</section>`).prependTo(frm.layout.wrapper.find(".form-page"));
	}
}

function dialog({ judul, tombol, kolom, kerja }) {
	const d = new frappe.ui.Dialog({
		title: judul,
		fields: kolom,
		primary_action_label: tombol,
		async primary_action(nilai) {
			await kerja(nilai);
			d.hide();
		},
	});
	d.show();
}

function jadikan(frm, calon) {
	const jenis = frm.doc.keadaan_korban === "Meninggal" ? "JKK Meninggal" : "JKK Perawatan";
	const pilihan = calon.peserta.map((p) => ({
		value: p.name,
		label: [p.nama, p.kegiatan, p.mencakup ? "" : __("di luar hari kegiatan")].filter(Boolean).join(", "),
	}));
	const peserta = pilihan.length
		? { fieldtype: "Select", options: pilihan, default: pilihan[0].value }
		: {
				fieldtype: "Link",
				options: "Peserta",
				description: __("Belum ada nama yang cocok. Cari nama korban di antara peserta kegiatan."),
			};
	const lurah = frappe.user.has_role("Lurah") && __("Klaim yang Anda buat harus diverifikasi oleh lurah lain. Dahulukan Ketua RT bila masih sempat.");
	dialog({
		judul: __("Jadikan Klaim"),
		tombol: __("Jadikan Klaim"),
		kolom: [
			...(lurah ? [{ fieldtype: "HTML", options: `<p class="text-muted">${lurah}</p>` }] : []),
			{ fieldname: "peserta", label: __("Peserta"), reqd: 1, ...peserta },
			{ fieldname: "jenis", fieldtype: "Select", label: __("Jenis Klaim"), options: JENIS, default: jenis, reqd: 1 },
		],
		async kerja(nilai) {
			const klaim = await frappe.xcall(`${ALAMAT}.jadikan_klaim`, { pemberitahuan: frm.doc.name, ...nilai }, "POST");
			frappe.set_route("Form", "Klaim", klaim);
		},
	});
}

function gabungkan(frm, calon) {
	const pilihan = calon.klaim.map((k) => ({
		value: k.name,
		label: [k.name, k.nama, k.jenis, frappe.datetime.str_to_user(k.waktu_kejadian), __(k.status)].join(", "),
	}));
	dialog({
		judul: __("Gabungkan dengan Klaim"),
		tombol: __("Gabungkan"),
		kolom: [
			{
				fieldname: "klaim",
				fieldtype: "Select",
				label: __("Klaim untuk kejadian yang sama"),
				options: pilihan,
				default: frm.doc.klaim || pilihan[0].value,
				reqd: 1,
			},
		],
		async kerja(nilai) {
			await frappe.xcall(`${ALAMAT}.gabungkan`, { pemberitahuan: frm.doc.name, ...nilai }, "POST");
			frm.reload_doc();
		},
	});
}

function kaitkan(frm) {
	dialog({
		judul: __("Kaitkan Warga"),
		tombol: __("Kaitkan"),
		kolom: [
			{
				fieldname: "warga",
				fieldtype: "Link",
				options: "Warga",
				label: __("Korban"),
				reqd: 1,
				description: __("Pemberitahuan berpindah ke RT warga ini, dan Ketua RT-nya dikabari."),
				get_query: () => ({ filters: frm.doc.rt ? { rt: frm.doc.rt } : { kelurahan: frm.doc.kelurahan } }),
			},
		],
		async kerja(nilai) {
			await frappe.xcall(`${ALAMAT}.kaitkan_warga`, { pemberitahuan: frm.doc.name, ...nilai }, "POST");
			frm.reload_doc();
		},
	});
}
