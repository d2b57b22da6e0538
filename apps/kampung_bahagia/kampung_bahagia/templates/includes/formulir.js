// Shared by the programme's web forms. Jinja puts it before the script of each.

Object.assign(frappe._messages, frappe.web_form_doc.pesan);

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

	/** A photo from the phone's camera or gallery, shrunk before it is sent along with the form. */
	foto(nama, sisi_terpanjang = 1280) {
		const kolom = formulir.kolom(nama);
		let isi = "";
		kolom.get_value = () => isi;
		kolom.$wrapper.find(".attached-file, .btn-attach").hide();
		const $gambar = $('<img class="foto-terpilih" alt="">').hide();
		$('<input type="file" accept="image/*" class="form-control">')
			.attr("aria-label", __(kolom.df.label))
			.appendTo(kolom.$wrapper)
			.after($gambar)
			.on("change", async (kejadian) => {
				isi = "";
				$gambar.hide();
				const [berkas] = kejadian.target.files;
				if (!berkas) return;
				try {
					const asli = await createImageBitmap(berkas);
					const skala = Math.min(1, sisi_terpanjang / Math.max(asli.width, asli.height));
					const kanvas = document.createElement("canvas");
					kanvas.width = asli.width * skala;
					kanvas.height = asli.height * skala;
					kanvas.getContext("2d").drawImage(asli, 0, 0, kanvas.width, kanvas.height);
					const data = kanvas.toDataURL("image/jpeg", 0.8);
					isi = `foto.jpg,${data}`;
					$gambar.attr("src", data).show();
				} catch {
					kejadian.target.value = "";
					frappe.msgprint(__("Foto ini tidak dapat dibaca. Pilih foto lain."));
				}
			});
	},

	/** Explains why the form cannot be filled in yet, in its place. */
	tutup(pesan) {
		$(".web-form-wrapper").empty().append($("<p></p>").text(pesan));
		$(".web-form-footer").hide();
		formulir.belum_diubah();
	},

	/** What the script filled in by itself is no work that could be lost. */
	belum_diubah() {
		frappe.form_dirty = false;
		$(".web-form-head .indicator-pill").addClass("hide");
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
