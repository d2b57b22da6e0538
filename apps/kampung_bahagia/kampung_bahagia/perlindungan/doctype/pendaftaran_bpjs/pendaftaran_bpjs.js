frappe.ui.form.on("Pendaftaran BPJS", {
	setup(frm) {
		frm.set_query("kegiatan", () => ({
			filters: { status: "Disetujui DPMPPA", konstruksi: 1, pendaftaran: ["is", "not set"] },
		}));
	},

	refresh(frm) {
		tampilkan_kelengkapan(frm);
		// who is in it, the server says
		frm.set_df_property("upah", "cannot_add_rows", 1);
		frm.set_df_property("upah", "cannot_delete_rows", 1);
		const dibayar = ["Diangsur", "Lunas"].includes(frm.doc.status);
		if (dibayar && frappe.user.has_role("BPJS Ketenagakerjaan") && !frm.doc.berlaku_mulai) {
			frm.add_custom_button(__("Isi Masa Perlindungan"), () => isi_masa(frm));
		}
	},

	nomor_sertifikat(frm) {
		if (frm.doc.nomor_sertifikat && !frm.doc.berlaku_mulai) isi_masa(frm);
	},
});

async function isi_masa(frm) {
	frm.set_value(
		await frappe.xcall(
			"kampung_bahagia.perlindungan.doctype.pendaftaran_bpjs.pendaftaran_bpjs.usulan_masa_perlindungan",
			{ pendaftaran: frm.docname }
		)
	);
}

/** What is still missing, who brings it, and the way there. */
async function tampilkan_kelengkapan(frm) {
	const kolom = frm.get_field("ringkasan_kelengkapan");
	kolom.html("");
	if (frm.is_new() || frm.doc.status === "Dibatalkan") return;
	const { docname } = frm;
	const { persen, butir } = await frappe.xcall("kampung_bahagia.perlindungan.layar.kelengkapan_pendaftaran", {
		pendaftaran: docname,
	});
	if (frm.docname !== docname) return;
	const aman = frappe.utils.escape_html;
	const baris = ({ judul, kurang, pembawa, tautan, kolom: letak }) => {
		if (!kurang) return `<li class="ada">✓ ${aman(__(judul))}</li>`;
		const siapa = frappe.user.has_role(pembawa) ? __("Anda") : aman(__(pembawa));
		const isi = `<b>${aman(__(judul))}</b> <span>${aman(kurang)}</span>`;
		const jalan = tautan
			? `<a href="${aman(tautan)}">${isi}</a>`
			: `<a href="#" data-kolom="${aman(letak)}">${isi}</a>`;
		return `<li>${jalan} <span class="kb-pembawa">${__("oleh")} ${siapa}</span></li>`;
	};
	kolom.html(`<div class="kb-kelengkapan">
		<p>${__("Lengkap {0}%", [persen])}</p>
		<div class="kb-bilah" role="progressbar" aria-label="${__("Kelengkapan")}" aria-valuemin="0" aria-valuemax="100"
			aria-valuenow="${persen}"><span style="width: ${persen}%" class="${persen === 100 ? "tercapai" : ""}"></span></div>
		<ul>${butir.filter((b) => b.kurang).map(baris).join("")}${butir.filter((b) => !b.kurang).map(baris).join("")}</ul>
	</div>`);
	kolom.$wrapper.find("a[data-kolom]").on("click", (e) => {
		e.preventDefault();
		frm.scroll_to_field(e.currentTarget.dataset.kolom);
	});
}
