const METODE_JABATAN = "kampung_bahagia.wilayah.page.jabatan_kelurahan.jabatan_kelurahan";

frappe.pages["jabatan-kelurahan"].on_page_load = function (wrapper) {
	const page = frappe.ui.make_app_page({ parent: wrapper, title: __("Jabatan per Kelurahan"), single_column: true });
	wrapper.layar = new JabatanKelurahan(page);
};

frappe.pages["jabatan-kelurahan"].on_page_show = function (wrapper) {
	const kelurahan = frappe.get_route()[1];
	if (kelurahan) wrapper.layar.buka(kelurahan);
};

class JabatanKelurahan {
	constructor(page) {
		this.page = page;
		this.dipilih = new Set();
		this.pilih = page.add_field({
			fieldname: "kelurahan",
			fieldtype: "Link",
			options: "Kelurahan",
			label: __("Kelurahan"),
			// also said while the field is still asking for the title, and then without a value
			change: () => {
				const pilihan = this.pilih.get_value();
				if (pilihan && pilihan !== this.kelurahan) this.muat(pilihan);
			},
		});
		this.$isi = $('<div class="kb-jabatan"></div>').appendTo(page.main.addClass("frappe-card"));
		page.add_menu_item(__("Impor dari Tabel"), () => frappe.set_route("List", "Impor Penugasan"));
		$('<p class="text-muted" style="padding: 1rem 0"></p>')
			.text(__("Pilih kelurahan untuk melihat siapa yang menjabat."))
			.appendTo(this.$isi);
	}

	buka(kelurahan) {
		this.pilih.set_value(kelurahan);
		this.muat(kelurahan);
	}

	async muat(kelurahan = this.kelurahan) {
		this.kelurahan = kelurahan;
		this.dipilih.clear();
		const { message } = await frappe.call({ method: `${METODE_JABATAN}.daftar`, args: { kelurahan } });
		if (kelurahan !== this.kelurahan) return;
		this.data = message;
		this.gambar();
	}

	gambar() {
		const { nama, lurah, rt } = this.data;
		const kosong = rt.filter((r) => !r.ketua.some((m) => !m.kelak)).length;
		const belum = new Set(
			[...lurah, ...rt.flatMap((r) => [...r.ketua, ...r.pendamping])].filter((m) => !m.bersandi).map((m) => m.pengguna)
		).size;
		this.$isi.empty();
		$('<div class="ringkas"></div>')
			.append($("<b></b>").text(__("{0} RT", [rt.length])))
			.append($('<span class="belum-ketua"></span>').toggleClass("tanpa", kosong > 0).text(__("{0} tanpa Ketua RT", [kosong])))
			.append($('<span class="text-muted"></span>').text(__("{0} pejabat belum pernah masuk", [belum])))
			.appendTo(this.$isi);
		$('<div class="baris lurah"></div>')
			.toggleClass("kosong", !lurah.some((m) => !m.kelak))
			.append($('<div class="judul"></div>').text(__("Lurah")))
			.append(this.kolom("Lurah", [this.kelurahan], lurah, nama))
			.appendTo(this.$isi);
		for (const r of rt) this.baris_rt(r).appendTo(this.$isi);
		if (belum) {
			this.page.set_secondary_action(__("Cetak Slip Masuk"), () => this.cetak_slip());
		} else {
			this.page.clear_secondary_action();
		}
		this.tulis_tombol();
	}

	baris_rt(r) {
		const $centang = $('<input type="checkbox">').attr("aria-label", __("Pilih {0}", [r.judul]));
		$centang.on("change", () => {
			this.dipilih[$centang.prop("checked") ? "add" : "delete"](r.name);
			this.tulis_tombol();
		});
		return $('<div class="baris"></div>')
			.attr("data-rt", r.name)
			.toggleClass("kosong", !r.ketua.some((m) => !m.kelak))
			.append($("<label></label>").append($centang))
			.append($('<div class="judul"></div>').text(r.judul))
			.append(this.kolom("Ketua RT", [r.name], r.ketua, r.judul))
			.append(this.kolom("Pendamping", [r.name], r.pendamping, r.judul));
	}

	kolom(jabatan, wilayah, masa, sebutan) {
		const $kolom = $('<div class="kolom"></div>');
		if (jabatan !== "Lurah") $('<div class="sebutan"></div>').text(__(jabatan)).appendTo($kolom);
		for (const m of masa) this.satu_masa(m, sebutan).appendTo($kolom);
		if (!masa.some((m) => !m.kelak)) {
			const $baris = $("<div></div>").appendTo($kolom);
			if (jabatan !== "Pendamping") $('<span class="tanpa"></span>').text(__("Belum ada")).appendTo($baris);
			this.tombol(__("Tunjuk"), () => this.minta_pejabat({ jabatan, wilayah, sebutan }))
				.addClass("tunjuk")
				.appendTo($baris);
		}
		return $kolom;
	}

	satu_masa(m, sebutan) {
		const tanggal = (t) => frappe.datetime.str_to_user(t);
		let kapan = m.sampai ? __("sampai {0}", [tanggal(m.sampai)]) : __("sejak {0}", [tanggal(m.mulai)]);
		if (m.kelak) kapan = __("mulai {0}", [tanggal(m.mulai)]);
		const $tindakan = $('<span class="tindakan"></span>');
		if (!m.kelak) {
			this.tombol(__("Ganti"), () =>
				this.minta_pejabat({ jabatan: m.jabatan, lama: m, sebutan })
			).appendTo($tindakan);
		}
		this.tombol(m.kelak ? __("Batalkan") : __("Akhiri"), () => this.akhiri(m)).appendTo($tindakan);
		return $('<div class="masa"></div>')
			.append($('<span class="nama"></span>').text(m.nama || m.pengguna).attr("title", m.pengguna))
			.append($('<span class="kapan"></span>').text(kapan))
			.append(m.tanpa_nik ? this.tanda_nik(m) : "")
			.append($tindakan);
	}

	/** Leads to where it is recorded. */
	tanda_nik(m) {
		return $('<a class="tanpa-nik"></a>')
			.attr("href", frappe.utils.get_form_link("Penugasan", m.penugasan))
			.attr("title", __("Tanpa NIK, benturan kepentingan pejabat ini tidak dapat diperiksa."))
			.text(__("NIK belum dicatat"));
	}

	tombol(teks, klik) {
		return $('<button type="button" class="btn btn-default btn-xs"></button>').text(teks).css("margin-right", "0.35rem").on("click", klik);
	}

	tulis_tombol() {
		if (!this.dipilih.size) return this.page.clear_primary_action();
		this.page.set_primary_action(__("Tunjuk Pendamping ({0} RT)", [this.dipilih.size]), () =>
			this.minta_pejabat({
				jabatan: "Pendamping",
				wilayah: [...this.dipilih],
				sebutan: __("{0} RT", [this.dipilih.size]),
			})
		);
	}

	/** Ask who, from when and by which decree; for `lama` the successor, otherwise for all of `wilayah`. */
	minta_pejabat({ jabatan, wilayah, lama, sebutan }) {
		const baru = "doc.akun_baru";
		const dialog = new frappe.ui.Dialog({
			title: [lama ? __("Ganti {0}", [__(jabatan)]) : __("Tunjuk {0}", [__(jabatan)]), sebutan].filter(Boolean).join(" · "),
			fields: [
				{ fieldname: "pengguna", fieldtype: "Link", options: "User", label: __("Pengguna"), depends_on: `eval:!${baru}`, get_query: () => ({ filters: { enabled: 1 } }) },
				{ fieldname: "akun_baru", fieldtype: "Check", label: __("Belum mempunyai akun") },
				{ fieldname: "nama", fieldtype: "Data", label: __("Nama Lengkap"), depends_on: `eval:${baru}`, mandatory_depends_on: `eval:${baru}` },
				{ fieldname: "surel", fieldtype: "Data", label: __("Alamat Surel"), depends_on: `eval:${baru}`, description: __("Bila tidak ada, nomor HP menjadi nama pengguna.") },
				{ fieldname: "no_hp", fieldtype: "Data", label: __("Nomor HP"), depends_on: `eval:${baru}` },
				{ fieldname: "batas", fieldtype: "Section Break" },
				{ fieldname: "mulai", fieldtype: "Date", label: __("Mulai"), reqd: 1, default: frappe.datetime.get_today(), description: lama ? __("Masa tugas {0} berakhir sehari sebelumnya.", [frappe.utils.escape_html(lama.nama || lama.pengguna)]) : "" },
				{ fieldname: "sampai", fieldtype: "Date", label: __("Sampai"), description: __("Kosongkan bila belum ditentukan") },
				{ fieldname: "dasar_hukum", fieldtype: "Data", label: __("Dasar Penugasan"), reqd: jabatan === "Pendamping" ? 0 : 1, description: __("Nomor dan tanggal surat keputusan pengangkatan") },
			],
			primary_action_label: lama ? __("Ganti") : __("Tunjuk"),
			primary_action: (nilai) => {
				const { akun_baru, ...sisa } = nilai;
				const args = lama ? { penugasan: lama.penugasan, ...sisa } : { jabatan, wilayah, ...sisa };
				for (const k of akun_baru ? ["pengguna"] : ["nama", "surel", "no_hp"]) delete args[k];
				// a refusal is shown by the framework, and the dialog stays for the correction
				frappe.call({
					method: `${METODE_JABATAN}.${lama ? "ganti" : "tunjuk"}`,
					args,
					btn: dialog.get_primary_btn(),
					callback: () => {
						dialog.hide();
						this.muat();
					},
				});
			},
		});
		dialog.show();
	}

	akhiri(m) {
		const nama = frappe.utils.escape_html(m.nama || m.pengguna);
		const jalankan = (sampai) =>
			frappe.call({
				method: `${METODE_JABATAN}.akhiri`,
				args: { penugasan: m.penugasan, sampai },
				callback: () => this.muat(),
			});
		if (m.kelak) {
			frappe.confirm(__("Batalkan penugasan {0} yang belum mulai?", [nama]), () => jalankan(m.mulai));
			return;
		}
		frappe.prompt(
			{ fieldname: "sampai", fieldtype: "Date", label: __("Hari terakhir bertugas"), reqd: 1, default: frappe.datetime.get_today() },
			({ sampai }) => jalankan(sampai),
			__("Akhiri masa tugas {0}", [nama]),
			__("Akhiri")
		);
	}

	cetak_slip() {
		frappe.confirm(
			__("Slip yang pernah dicetak untuk kelurahan ini tidak berlaku lagi. Cetak slip baru?"),
			() => open_url_post(`/api/method/${METODE_JABATAN}.slip_masuk`, { kelurahan: this.kelurahan })
		);
	}
}
