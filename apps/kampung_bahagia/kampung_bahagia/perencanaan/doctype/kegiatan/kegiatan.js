const SK_DAPAT_DIBUAT = ["Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi", "Berjalan"];
const DAPAT_ADENDUM = ["Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi", "Berjalan"];
const PESERTA_TERTUTUP = ["Ditolak", "Dihentikan", "Serah Terima", "Selesai"];

frappe.ui.form.on("Kegiatan", {
	setup(frm) {
		frm.set_query("musyawarah", () => {
			const filters = { status: "Disahkan" };
			if (frm.doc.rt) filters.rt = frm.doc.rt;
			return { filters };
		});
		frm.set_query("standar_harga", "rab", () => ({
			filters: frm.doc.tanggal_mulai ? { berlaku_mulai: ["<=", frm.doc.tanggal_mulai] } : {},
		}));
	},

	refresh(frm) {
		if (frm.perm[0].write && ["Draf", "Dikembalikan", undefined].includes(frm.doc.status)) {
			frm.add_custom_button(__("Pakai Lokasi Saya"), () => pakai_lokasi(frm));
		}
		peringatan(frm);
		tampilkan_pagu(frm);
		tampilkan_foto(frm);
		if (frm.is_new()) {
			muat_usulan(frm);
			return;
		}
		tampilkan_kemajuan(frm);
		if (frappe.user.has_role("Ketua RT")) tombol_ketua_rt(frm);
		if (
			frappe.user.has_role("DPMPPA") &&
			frm.doc.status === "Disetujui DPMPPA" &&
			frm.doc.konstruksi &&
			!frm.doc.pendaftaran
		) {
			tombol_buat(frm, __("Siapkan Pendaftaran BPJS"), "Pendaftaran BPJS");
		}
	},

	musyawarah(frm) {
		frm.set_value("usulan", null);
		muat_usulan(frm);
	},

	rt: tampilkan_pagu,
	tanggal_mulai: tampilkan_pagu,

	usulan(frm) {
		const usulan = (frm.pilihan_usulan || []).find((u) => u.name === frm.doc.usulan);
		if (usulan && !frm.doc.judul) frm.set_value("judul", usulan.judul);
	},
});

frappe.ui.form.on("RAB Kegiatan", {
	volume: hitung_baris,
	harga_satuan: hitung_baris,
	async standar_harga(frm, cdt, cdn) {
		const { standar_harga } = locals[cdt][cdn];
		if (!standar_harga) return;
		const { message } = await frappe.db.get_value("Standar Harga", standar_harga, [
			"uraian",
			"satuan",
			"jenis",
			"harga",
		]);
		const { harga, ...isi } = message;
		await frappe.model.set_value(cdt, cdn, { ...isi, harga_acuan: harga });
		if (!locals[cdt][cdn].harga_satuan) frappe.model.set_value(cdt, cdn, "harga_satuan", harga);
	},
});

// shown while typing; what is stored is computed on the server
function hitung_baris(frm, cdt, cdn) {
	const baris = locals[cdt][cdn];
	frappe.model.set_value(cdt, cdn, "jumlah", flt(baris.volume * baris.harga_satuan, 0));
}

async function muat_usulan(frm) {
	const { musyawarah } = frm.doc;
	if (!musyawarah) return;
	const usulan = await frappe.xcall(
		"kampung_bahagia.perencanaan.doctype.musyawarah.musyawarah.usulan_diputuskan",
		{ musyawarah }
	);
	if (frm.doc.musyawarah !== musyawarah || !frm.is_new()) return;
	frm.pilihan_usulan = usulan;
	frm.fields_dict.usulan.set_data(
		usulan.map((u) => ({ value: u.name, label: u.judul, description: u.kategori }))
	);
	frm.set_df_property(
		"usulan",
		"description",
		usulan.length ? "" : __("Semua usulan yang diputuskan musyawarah ini sudah menjadi kegiatan.")
	);
	if (usulan.length === 1) frm.set_value("usulan", usulan[0].name);
}

/** What whoever decides should not overlook. */
function peringatan(frm) {
	const { doc } = frm;
	const baris = [];
	if (!doc.konstruksi) {
		baris.push(__("Bukan konstruksi. Perlindungan lain: {0}", [__(doc.perlindungan_lain || "belum dipilih")]));
	}
	if (doc.tanda_pecah) baris.push(__("Mungkin satu pekerjaan yang dipecah."));
	if (doc.tanda_ganda) baris.push(__("Mungkin ganda dengan kegiatan lain."));
	if (doc.bukti_tanda) baris.push(doc.bukti_tanda);
	if (doc.catatan_harga) baris.push(__("Harga jauh dari acuan:") + "\n" + doc.catatan_harga);
	if (doc.di_luar_jendela) {
		baris.push(__("Di luar jendela pelaksanaan. Alasan: {0}", [doc.alasan_di_luar_jendela || "-"]));
	}
	if (doc.tambahan_iuran) {
		baris.push(__("Selisih iuran adendum belum diselesaikan: {0}", [format_currency(doc.tambahan_iuran)]));
	}
	frm.layout.wrapper.find(".kb-peringatan").remove();
	if (baris.length) {
		const isi = baris.map((b) => `<p>${frappe.utils.escape_html(b).replaceAll("\n", "<br>")}</p>`);
		$(`<section class="kb-peringatan" role="note">${isi.join("")}</section>`).prependTo(frm.layout.wrapper);
	}
}

/** The RT's year as it stands now, this kegiatan apart: for who plans and for who decides. */
async function tampilkan_pagu(frm) {
	const { rt, tanggal_mulai, name } = frm.doc;
	const boleh = frappe.boot.user.can_read.includes("RT");
	if (!boleh || !rt || !tanggal_mulai || frm.doc.docstatus) return;
	const p = await frappe.xcall("kampung_bahagia.perencanaan.layar.pagu_rt", {
		rt,
		tahun: tanggal_mulai.slice(0, 4),
		kecuali: frm.is_new() ? null : name,
	});
	if (frm.doc.name !== name || frm.doc.rt !== rt) return;
	const kolom = frm.get_field("ringkasan_pagu");
	if (p.sebab) {
		kolom.html(`<p class="text-muted">${frappe.utils.escape_html(p.sebab)}</p>`);
		return;
	}
	kolom.html(kampung_bahagia.batang_pagu(p, flt(frm.doc.nilai_kegiatan) - flt(frm.doc.swadaya)));
}

/** Planned and real progress until today. */
async function tampilkan_kemajuan(frm) {
	if (!frm.doc.dimulai_pada) return;
	const { name } = frm.doc;
	const k = await frappe.xcall("kampung_bahagia.perencanaan.layar.kurva_kemajuan", { kegiatan: name });
	if (frm.doc.name !== name) return;
	const $wadah = frm.get_field("grafik_kemajuan").$wrapper.empty();
	const rencana = k.rencana.at(-1);
	const nyata = k.nyata.at(-1);
	const beda = Math.round(nyata - rencana);
	const nilai =
		beda < 0 ? __("tertinggal {0}%", [-beda]) : beda > 0 ? __("mendahului {0}%", [beda]) : __("sesuai rencana");
	$(`<p>${__("Rencana {0}%, nyata {1}%", [Math.round(rencana), Math.round(nyata)])}: <b>${nilai}</b></p>`).appendTo($wadah);
	new frappe.Chart($("<div>").appendTo($wadah)[0], {
		type: "line",
		height: 220,
		colors: ["#8d99a6", "#0b6b58"],
		axisOptions: { xIsSeries: 1, shortenYAxisNumbers: 1 },
		lineOptions: { hideDots: k.tanggal.length > 12 ? 1 : 0 },
		tooltipOptions: { formatTooltipY: (d) => `${Math.round(d)}%` },
		data: {
			labels: k.tanggal.map((t) => frappe.datetime.str_to_user(t).slice(0, 5)),
			yMarkers: [{ label: "100%", value: 100 }],
			datasets: [
				{ name: __("Rencana"), values: k.rencana },
				{ name: __("Nyata"), values: k.nyata },
			],
		},
	});
}

/** The photos themselves, by stage: the table shows their addresses only. */
function tampilkan_foto(frm) {
	const aman = frappe.utils.escape_html;
	const foto = ["Sebelum", "Selama", "Sesudah"].flatMap((tahap) =>
		(frm.doc.foto || []).filter((f) => f.tahap === tahap && f.foto)
	);
	frm.get_field("galeri").html(
		`<div class="kb-galeri">${foto
			.map(
				(f) => `<figure><a href="${encodeURI(f.foto)}" target="_blank" rel="noopener">
				<img src="${encodeURI(f.foto)}" alt="${aman(f.keterangan || __("Foto {0}", [f.tahap]))}" loading="lazy"></a>
				<figcaption>${aman(__(f.tahap))}${f.tanggal ? `, ${frappe.datetime.str_to_user(f.tanggal)}` : ""}</figcaption></figure>`
			)
			.join("")}</div>`
	);
}

function pakai_lokasi(frm) {
	const gagal = () =>
		frappe.msgprint(__("Lokasi tidak terbaca. Izinkan peramban memakai lokasi, atau isi lintang dan bujur sendiri."));
	if (!navigator.geolocation) {
		gagal();
		return;
	}
	navigator.geolocation.getCurrentPosition(
		({ coords }) => {
			frm.set_value({
				lintang: flt(coords.latitude, 6),
				bujur: flt(coords.longitude, 6),
			});
			frappe.show_alert({
				message: __("Titik tercatat, ketelitian {0} meter.", [Math.round(coords.accuracy)]),
				indicator: "green",
			});
		},
		gagal,
		{ enableHighAccuracy: true, timeout: 20000 }
	);
}

function tombol_ketua_rt(frm) {
	if (frm.doc.status === "Berjalan") {
		frm.add_custom_button(__("Catat Kemajuan"), () =>
			frappe.new_doc("Kemajuan Kegiatan", { kegiatan: frm.docname })
		);
	}
	if (DAPAT_ADENDUM.includes(frm.doc.status)) {
		frm.add_custom_button(__("Buat Adendum"), () => frappe.new_doc("Adendum Kegiatan", { kegiatan: frm.docname }));
	}
	if (!PESERTA_TERTUTUP.includes(frm.doc.status)) {
		frm.add_custom_button(__("Tambah Peserta"), () => tambah_peserta(frm));
	}
	if (["Berjalan", "Serah Terima", "Dihentikan"].includes(frm.doc.status)) tombol_lpj(frm);
	if (SK_DAPAT_DIBUAT.includes(frm.doc.status) && !frm.doc.surat_keputusan) {
		tombol_buat(frm, __("Buat SK"), "Surat Keputusan");
	}
}

async function tombol_lpj(frm) {
	const kegiatan = frm.docname;
	const { message } = await frappe.db.get_value("LPJ Kegiatan", { kegiatan }, "name");
	if (frm.docname !== kegiatan) return;
	if (message.name) {
		frm.add_custom_button(__("Buka LPJ"), () => frappe.set_route("Form", "LPJ Kegiatan", message.name));
	} else {
		tombol_buat(frm, __("Buat LPJ"), "LPJ Kegiatan");
	}
}

/** The new document takes all it needs from the kegiatan, so it is made at once and opened for review. */
function tombol_buat(frm, label, doctype) {
	frm.add_custom_button(label, async () => {
		const doc = await frappe.db.insert({ doctype, kegiatan: frm.docname });
		frappe.set_route("Form", doctype, doc.name);
	});
}

async function tambah_peserta(frm) {
	const warga = await frappe.xcall("kampung_bahagia.perlindungan.layar.calon_peserta", {
		kegiatan: frm.docname,
	});
	kampung_bahagia.pilih_warga({
		judul: __("Tambah Peserta"),
		tombol: __("Tambahkan"),
		warga,
		async pakai(terpilih) {
			const putusan = await frappe.xcall("kampung_bahagia.perlindungan.layar.tambah_peserta", {
				kegiatan: frm.docname,
				warga: terpilih.map((w) => w.name),
			});
			const ditambah = putusan.filter((p) => p.hasil === "Ditambahkan").length;
			frappe.show_alert({ message: __("{0} peserta ditambahkan.", [ditambah]), indicator: "green" });
			const perhatian = putusan.filter((p) => p.pesan);
			if (perhatian.length) {
				const aman = frappe.utils.escape_html;
				frappe.msgprint({
					title: __("Perlu diperhatikan"),
					message: perhatian
						.map((p) => `<p><b>${aman(p.nama)}</b> (${aman(__(p.hasil))}): ${aman(p.pesan)}</p>`)
						.join(""),
					indicator: "orange",
				});
			}
			frm.reload_doc();
		},
	});
}
