// what the reports share: filters by days and area, and a line of totals in bold

frappe.provide("kampung_bahagia.laporan");

const BULAN = Array.from({ length: 12 }, (_, i) => new Date(2000, i, 1).toLocaleString("id-ID", { month: "long" }));

kampung_bahagia.laporan.STATUS_KEGIATAN = [
	"Draf",
	"Diajukan",
	"Dikembalikan",
	"Diverifikasi Lurah",
	"Ditolak",
	"Disetujui DPMPPA",
	"Didaftarkan BPJS",
	"Terlindungi",
	"Berjalan",
	"Serah Terima",
	"Selesai",
	"Dihentikan",
];

kampung_bahagia.laporan.JENIS_KLAIM = ["JKK Perawatan", "JKK Meninggal", "JKM"];

const hari_ini = () => frappe.datetime.get_today();
const nilai = (nama) => frappe.query_report.get_filter_value(nama);

kampung_bahagia.laporan.tahun = () => ({
	fieldname: "tahun",
	label: __("Tahun"),
	fieldtype: "Int",
	default: Number(hari_ini().slice(0, 4)),
});

// the month too; without `wajib` the whole year is shown
kampung_bahagia.laporan.bulan = (wajib = false) => ({
	fieldname: "bulan",
	label: __("Bulan"),
	fieldtype: "Select",
	options: [
		...(wajib ? [] : [{ value: "", label: __("Setahun") }]),
		...BULAN.map((label, i) => ({ value: String(i + 1), label })),
	],
	default: wajib ? String(Number(hari_ini().slice(5, 7))) : "",
	reqd: wajib ? 1 : 0,
});

kampung_bahagia.laporan.tingkat = () => ({
	fieldname: "tingkat",
	label: __("Dirinci per"),
	fieldtype: "Select",
	options: ["Kecamatan", "Kelurahan", "RT"],
	default: "Kelurahan",
	reqd: 1,
});

// a larger area that changes empties the smaller ones
kampung_bahagia.laporan.wilayah = () => [
	{
		fieldname: "kecamatan",
		label: __("Kecamatan"),
		fieldtype: "Link",
		options: "Kecamatan",
		on_change(report) {
			report.set_filter_value({ kelurahan: "", rt: "" });
		},
	},
	{
		fieldname: "kelurahan",
		label: __("Kelurahan"),
		fieldtype: "Link",
		options: "Kelurahan",
		get_query: () => (nilai("kecamatan") ? { filters: { kecamatan: nilai("kecamatan") } } : {}),
		on_change(report) {
			report.set_filter_value({ rt: "" });
		},
	},
	{
		fieldname: "rt",
		label: __("RT"),
		fieldtype: "Link",
		options: "RT",
		get_query: () => (nilai("kelurahan") ? { filters: { kelurahan: nilai("kelurahan") } } : {}),
	},
];

kampung_bahagia.laporan.pilihan = (fieldname, label, options) => ({
	fieldname,
	label,
	fieldtype: "Select",
	options: ["", ...options],
});

kampung_bahagia.laporan.tebalkan_jumlah = (value, row, column, data, bawaan) => {
	if (value == null) return ""; // nothing to tell, which is not zero
	const isi = bawaan(value, row, column, data);
	return data?.bold ? `<b>${isi}</b>` : isi;
};
