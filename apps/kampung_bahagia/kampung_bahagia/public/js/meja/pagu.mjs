// The year of an RT against its ceiling, as one bar and its numbers.

frappe.provide("kampung_bahagia");

const PANJANG = (nilai, pagu) => Math.max(0, Math.min(100, (100 * nilai) / (pagu || 1)));

/** `p` from perencanaan.layar.pagu_rt; `ini` rupiah of the kegiatan that is looked at (0 on the form of an RT). */
kampung_bahagia.batang_pagu = function (p, ini = 0) {
	const sisa = p.sisa - ini;
	const butir = [
		["terpakai", __("Terpakai"), p.terpakai],
		["direncanakan", __("Direncanakan"), p.direncanakan],
		...(ini ? [["ini", __("Kegiatan ini"), ini]] : []),
		["sisa", sisa < 0 ? __("Melebihi pagu") : __("Sisa"), Math.abs(sisa)],
	];
	const batang = butir
		.slice(0, -1)
		.map(([jenis, , nilai]) => `<span class="${jenis}" style="width:${PANJANG(nilai, p.pagu)}%"></span>`)
		.join("");
	return `<div class="kb-pagu ${sisa < 0 ? "lebih" : ""}">
		<p>${__("Pagu RT tahun {0}", [p.tahun])}: <b>${format_currency(p.pagu)}</b></p>
		<div class="batang" aria-hidden="true">${batang}</div>
		<dl>${butir
			.map(([jenis, nama, nilai]) => `<div class="${jenis}"><dt>${nama}</dt><dd>${format_currency(nilai)}</dd></div>`)
			.join("")}</dl></div>`;
};

frappe.ui.form.on("RT", {
	async refresh(frm) {
		frm.layout.wrapper.find(".kb-pagu-rt").remove();
		if (frm.is_new()) return;
		const { name } = frm.doc;
		const p = await frappe.xcall("kampung_bahagia.perencanaan.layar.pagu_rt", {
			rt: name,
			tahun: frappe.datetime.get_today().slice(0, 4),
		});
		if (frm.doc.name !== name) return;
		const isi = p.sebab
			? `<p class="text-muted">${frappe.utils.escape_html(p.sebab)}</p>`
			: kampung_bahagia.batang_pagu(p);
		$(`<section class="kb-pagu-rt">${isi}</section>`).prependTo(frm.layout.wrapper);
	},
});
