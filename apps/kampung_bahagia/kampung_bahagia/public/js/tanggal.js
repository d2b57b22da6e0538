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
