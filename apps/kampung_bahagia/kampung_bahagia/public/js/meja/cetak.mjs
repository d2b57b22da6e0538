// The letters of a file, each as a PDF of its own, in one menu of the form.

frappe.provide("kampung_bahagia");

const NASKAH = {
	Musyawarah: ["Undangan Musyawarah", "Daftar Hadir Musyawarah", "Berita Acara Musyawarah"],
	Kegiatan: ["Proposal Kegiatan", "RAB Kegiatan", "Surat Pengantar Lurah", "Berita Acara Serah Terima"],
	Peserta: ["Kartu Peserta", "Petikan Keputusan"],
	"Adendum Kegiatan": ["Berita Acara Perubahan Kegiatan"],
	"LPJ Kegiatan": ["Laporan Pertanggungjawaban"],
	"Pendaftaran BPJS": ["Surat Permohonan Pendaftaran", "Rekap Iuran"],
	Klaim: (frm) => frm.doc.__onload?.naskah?.daftar || [], // by its kind and state
};

kampung_bahagia.alamat_pdf = (frm, format) => {
	const isi = new URLSearchParams({ doctype: frm.doctype, name: frm.docname, format });
	return `/api/method/frappe.utils.print_format.download_pdf?${isi}`;
};

for (const [doctype, daftar] of Object.entries(NASKAH)) {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			if (frm.is_new() || !frappe.model.can_print(doctype)) return;
			if (doctype === "Peserta" && !frm.doc.surat_keputusan) return; // they are made from the decree
			for (const format of typeof daftar === "function" ? daftar(frm) : daftar) {
				frm.add_custom_button(__(format), () => window.open(kampung_bahagia.alamat_pdf(frm, format)), __("Cetak"));
			}
			if (doctype === "Kegiatan") {
				frm.add_custom_button(__("Berkas Lengkap"), () => berkas_lengkap(frm.docname), __("Cetak"));
				if (frm.doc.surat_keputusan) {
					frm.add_custom_button(
						__("Kartu Peserta"),
						() => window.open(`/api/method/${KARTU}?${new URLSearchParams({ kegiatan: frm.docname })}`),
						__("Cetak")
					);
				}
			}
		},
	});
}

const KARTU = "kampung_bahagia.perlindungan.kartu.lembar";
const LENGKAP = "kampung_bahagia.perlindungan.berkas_lengkap";
const BANYAK = "kampung_bahagia.tata_kelola.cetak_banyak";
const JEDA = 1000; // milliseconds between two questions how far it is

/** What `modul` makes in the background under `kode`: the page shows how far it is, and fetches it when it is done. */
async function tunggu(judul, modul, kode) {
	let keadaan = { persen: 0, pesan: __("Menunggu giliran") };
	try {
		while (keadaan.persen < 100) {
			frappe.show_progress(judul, keadaan.persen, 100, keadaan.pesan);
			await new Promise((lanjut) => setTimeout(lanjut, JEDA));
			keadaan = await frappe.xcall(`${modul}.keadaan`, { kode });
		}
		frappe.show_progress(judul, 100, 100, keadaan.pesan);
	} finally {
		setTimeout(() => frappe.hide_progress(), 500);
	}
	const esc = frappe.utils.escape_html;
	const ditolak = (keadaan.ditolak || []).map(([nama, sebab]) => `<li><b>${esc(nama)}</b>: ${esc(sebab)}</li>`);
	if (keadaan.gagal || ditolak.length) {
		const daftar = ditolak.length ? `<p>${__("Tidak dapat dicetak:")}</p><ul>${ditolak.join("")}</ul>` : "";
		frappe.msgprint({
			title: judul,
			message: `<p>${esc(keadaan.pesan)}</p>${daftar}`,
			indicator: keadaan.gagal ? "red" : "orange",
		});
	}
	if (!keadaan.gagal) window.location.assign(`/api/method/${modul}.unduh?kode=${kode}`);
}

async function berkas_lengkap(kegiatan) {
	await tunggu(__("Berkas Lengkap"), LENGKAP, await frappe.xcall(`${LENGKAP}.susun`, { kegiatan }));
}

/** Printing what is ticked in a list, in the background; the last result can be fetched again for a day. */
kampung_bahagia.cetak_banyak = (daftar) => {
	if (!frappe.model.can_print(daftar.doctype)) return;
	const judul = __("Cetak Banyak");
	daftar.page.add_actions_menu_item(judul, async () => {
		const name = daftar.get_checked_items(true);
		await tunggu(judul, BANYAK, await frappe.xcall(`${BANYAK}.mulai`, { doctype: daftar.doctype, name }));
	});
	daftar.page.add_menu_item(__("Hasil Cetak Terakhir"), async () => {
		const kode = await frappe.xcall(`${BANYAK}.terakhir`);
		if (kode) await tunggu(judul, BANYAK, kode);
		else frappe.msgprint(__("Belum ada hasil cetak dalam satu hari terakhir."));
	});
};
