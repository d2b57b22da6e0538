// the head of an office's workspace: what waits for it, the nearest clock first

frappe.provide("kampung_bahagia.antrian");

const LAPORAN = "Antrian Saya";
const TERATAS = 6;
const aman = frappe.utils.escape_html;

/** Fill `wadah`, a place in the shadow tree of the workspace's block. */
kampung_bahagia.antrian.tampilkan = async (wadah) => {
	const $wadah = $(wadah).html(`<p class="redup">${__("Memuat…")}</p>`);
	try {
		const { message } = await frappe.call({
			method: "frappe.desk.query_report.run",
			args: { report_name: LAPORAN, filters: { teratas: TERATAS } },
			type: "GET",
		});
		const baris = message.result;
		const daftar = baris.length ? `<ol>${baris.map(satu_baris).join("")}</ol>` : "";
		const pesan = message.message ? `<p class="redup">${aman(message.message)}</p>` : "";
		const semua = `<a class="semua" href="/app/query-report/${encodeURIComponent(LAPORAN)}">${__("Lihat semua")}</a>`;
		$wadah.html(daftar + pesan + (baris.length < TERATAS ? "" : semua));
	} catch {
		$wadah.html(`<p class="redup">${__("Belum dapat dimuat. Muat ulang halaman ini.")}</p>`);
	}
	// outside of the shadow tree the desk does not see which link was pressed, and would load the whole page
	$wadah.on("click", "a", (e) => {
		if (e.ctrlKey || e.metaKey || e.shiftKey) return;
		e.preventDefault();
		frappe.set_route(e.currentTarget.getAttribute("href"));
	});
};

function satu_baris(b) {
	const sisa = b.tenggat_pada && kampung_bahagia.sisa_waktu(b.tenggat_pada);
	const alamat = `/app/${frappe.router.slug(b.jenis_berkas)}/${encodeURIComponent(b.nama)}`;
	const waktu = sisa
		? `<b class="sisa ${sisa.warna}">${sisa.teks}</b><small>${aman(b.tenggat_jenis || "")}</small>`
		: `<small>${__("sejak {0}", [frappe.datetime.str_to_user(b.sejak.slice(0, 10))])}</small>`;
	return `<li><a href="${alamat}">
		<span class="isi"><span>${aman(b.langkah)}</span><small>${[b.perihal || b.nama, b.nama_rt].filter(Boolean).map(aman).join(", ")}</small></span>
		<span class="waktu">${waktu}</span>
	</a></li>`;
}
