// Setting a date field from a stored value is no change by the user. The framework's field reports one, and
// where the stored hour has seconds that the field does not show, the form calls itself unsaved.

const Datetime = frappe.ui.form.ControlDatetime;

frappe.ui.form.ControlDatetime = class extends Datetime {
	set_formatted_input(value) {
		const opsi = this.datepicker && this.datepicker.opts;
		const lapor = opsi && opsi.onSelect;
		if (opsi) opsi.onSelect = "";
		super.set_formatted_input(value);
		if (opsi) opsi.onSelect = lapor;
	}

	// to the minute; the date picker that a package registry has knows no seconds at all
	set_datepicker() {
		this.datepicker_options.timeFormat = "hh:ii";
		frappe.ui.form.ControlDate.prototype.set_datepicker.call(this);
		const { $seconds, $secondsText } = this.datepicker.timepicker;
		if ($seconds) $seconds.parent().add($secondsText).add($secondsText.prev()).hide();
	}
};

$.fn.datepicker.language.id = {
	days: ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"],
	daysShort: ["Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"],
	daysMin: ["Mg", "Sn", "Sl", "Rb", "Km", "Jm", "Sb"],
	months: "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(" "),
	monthsShort: "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split(" "),
	today: "Hari ini",
	clear: "Hapus",
	dateFormat: "dd-mm-yyyy",
	timeFormat: "hh:ii",
	firstDay: 1,
};
