const aman = frappe.utils.escape_html;

frappe.ui.form.on("Keputusan Massal", {
	refresh(frm) {
		frm.disable_save();
		tampilkan_kemajuan(frm);
		tampilkan_hasil(frm);
		if (frm.doc.status === "Selesai") return;
		setTimeout(() => {
			if (cur_frm === frm && frappe.get_route_str().endsWith(frm.docname)) frm.reload_doc();
		}, 1500);
	},
});

function tampilkan_kemajuan(frm) {
	const { jenis_berkas, aksi, status, jumlah, berhasil, ditolak } = frm.doc;
	const selesai = berhasil + ditolak;
	frm.page.set_title(`${__(aksi)} ${__(jenis_berkas)}`);
	frm.dashboard.hide_progress();
	if (status === "Selesai") {
		const warna = ditolak ? "orange" : "green";
		frm.set_intro(__("{0} berkas selesai: {1} berhasil, {2} ditolak.", [jumlah, berhasil, ditolak]), warna);
	} else {
		frm.set_intro(__("Sedang diproses. Anda boleh meninggalkan halaman ini."), "blue");
		frm.dashboard.show_progress(__("{0} dari {1} berkas", [selesai, jumlah]), (100 * selesai) / jumlah, "");
	}
}

/** Refused ones first: they are what is left to do. */
function tampilkan_hasil(frm) {
	const urutan = ["Ditolak", "", "Berhasil"];
	const baris = [...frm.doc.baris].sort(
		(a, b) => urutan.indexOf(a.hasil || "") - urutan.indexOf(b.hasil || "") || a.idx - b.idx
	);
	const warna = { Berhasil: "green", Ditolak: "red" };
	frm.fields_dict.hasil.$wrapper.html(
		`<ul class="kb-hasil">${baris
			.map(
				({ berkas, hasil, pesan }) => `<li>
					${frappe.utils.get_form_link(frm.doc.jenis_berkas, berkas, true)}
					<span class="indicator-pill ${warna[hasil] || "gray"}">${aman(__(hasil || "Menunggu"))}</span>
					${pesan ? `<div class="text-muted">${aman(pesan)}</div>` : ""}
				</li>`
			)
			.join("")}</ul>`
	);
}
