// Shared by the programme's web forms. Jinja puts it before the script of each.

Object.assign(frappe._messages, {{ pesan | json }});

const formulir = {
	kolom: (nama) => frappe.web_form.fields_dict[nama],

	/** Options of a select: [{ value, label }], the first empty. */
	isi_pilihan(nama, pilihan) {
		const kolom = formulir.kolom(nama);
		kolom.df.options = [{ value: "", label: __("Pilih…") }, ...pilihan];
		kolom.refresh();
		if (pilihan.length === 1) kolom.set_value(pilihan[0].value);
	},

	/** The phone's own picker of dates and hours ("date" or "datetime-local") in place of a typed text. */
	pemilih_waktu(nama, jenis, batas = {}) {
		const kolom = formulir.kolom(nama);
		kolom.$input.attr({ type: jenis, ...batas });
		kolom.get_value = () => kolom.$input.val().replace("T", " ");
	},

	/** The phone's keyboard of digits. */
	angka(nama) {
		formulir.kolom(nama).$input.attr({ type: "number", inputmode: "numeric", min: 0, step: "any" });
	},

	/** Replaces the form by an explanation of why it cannot be filled in yet. */
	tutup(pesan) {
		$(".web-form").replaceWith($('<p class="formulir-kosong"></p>').text(pesan));
	},

	/** What happens next, in words, with the number of the new document. */
	setelah_kirim(susun) {
		const tampilkan = frappe.web_form.handle_success.bind(frappe.web_form);
		frappe.web_form.handle_success = (doc) => {
			tampilkan(doc);
			$(".success-message").html(susun(doc));
			$(".success-footer .new-btn").attr("href", window.location.pathname);
			window.scrollTo(0, 0);
		};
	},
};

frappe.ready(() => {
	$(".discard-btn")
		.off("click")
		.on("click", () => {
			window.location.href = "/app";
			return false;
		});
	$(document).ajaxError((_kejadian, jawaban) => {
		if (jawaban.status === 0) {
			frappe.msgprint(__("Koneksi terputus. Isian Anda masih ada; kirim lagi setelah tersambung."));
		}
	});
});
