// how long there is still time, in the same words wherever a clock is shown

frappe.provide("kampung_bahagia");

const HARI = 24 * 60; // minutes
const MENDESAK = HARI / 2;

/**
 * What is left until `batas` (an hour of the site, WIB): {teks, warna, lewat}; null when that is no news yet, as the years
 * until a right expires. `rinci`: to the minute while it is a matter of hours.
 */
kampung_bahagia.sisa_waktu = (batas, rinci = false) => {
	const menit = moment(batas).diff(moment(frappe.datetime.system_datetime()), "minutes");
	if (menit > 180 * HARI) return null;
	if (menit < 0) return { teks: __("Lewat batas"), warna: "red", lewat: true };
	const [hari, jam] = [Math.floor(menit / HARI), Math.floor(menit / 60)];
	const per_jam = rinci ? __("{0} jam {1} menit lagi", [jam, menit % 60]) : __("{0} jam lagi", [jam]);
	return {
		teks: hari > 3 ? __("{0} hari lagi", [hari]) : per_jam,
		warna: menit < MENDESAK ? "red" : "orange",
		lewat: false,
	};
};

/** The same for a cell of a list or report; nothing when there is nothing to tell. */
kampung_bahagia.sel_tenggat = (batas) => {
	const sisa = batas && kampung_bahagia.sisa_waktu(batas);
	return sisa ? `<b class="${sisa.warna === "red" ? "text-danger" : ""}">${sisa.teks}</b>` : "";
};
