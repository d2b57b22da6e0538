const DISUSUN = ["Draf", "Dikembalikan"];
const JEDA_TANYA = 8000; // milliseconds between two looks at the list while phones may sign in
const aman = frappe.utils.escape_html;
const panggil = (metode, args, type = "GET") =>
	frappe.call({ method: `kampung_bahagia.perencanaan.${metode}`, args, type }).then((r) => r.message);

frappe.ui.form.on("Musyawarah", {
	setup(frm) {
		frm.set_query("warga", "hadirin", () => ({ filters: { rt: frm.doc.rt } }));
		frm.set_query("kegiatan", () => ({ filters: { rt: frm.doc.rt, docstatus: 1 } }));
	},

	refresh(frm) {
		berhenti_menghitung(frm);
		if (frm.is_new()) return;
		tampilkan_kuorum(frm, {
			hadir: frm.doc.kk_hadir,
			diundang: frm.doc.kk_diundang,
			orang: frm.doc.hadirin.length,
			tercapai: frm.doc.kuorum_tercapai,
			keterangan: frm.doc.keterangan_kuorum,
			unsur: frm.doc.rincian_unsur,
			terbuka: frm.doc.hadir_terbuka,
		});
		if (!frappe.user.has_role("Ketua RT")) return;
		if (DISUSUN.includes(frm.doc.status)) {
			frm.add_custom_button(__("Undangan"), () => undang(frm));
			frm.add_custom_button(__("Catat Hadirin"), () => catat_hadirin(frm));
			frm.add_custom_button(__("Daftar Hadir QR"), () => daftar_hadir_qr(frm));
			if (frm.doc.hadir_terbuka) hitung_terus(frm);
		}
		if (frm.doc.status === "Ditunda") {
			frm.add_custom_button(__("Undang Ulang"), () => undang_ulang(frm)).addClass("btn-primary");
		}
		if (frm.doc.status === "Disahkan" && frm.doc.jenis === "Prioritas") {
			frm.add_custom_button(__("Susun Renja"), () =>
				frappe.new_doc("Renja", { rt: frm.doc.rt, musyawarah: frm.doc.name })
			);
		}
	},

	rt(frm) {
		if (frm.doc.rt && !frm.doc.kk_diundang) {
			frappe.db
				.get_value("RT", frm.doc.rt, "jumlah_kk")
				.then(({ message }) => frm.set_value("kk_diundang", message.jumlah_kk));
		}
	},
});

// --- quorum, shown while it fills

function tampilkan_kuorum(frm, k) {
	frm.layout.wrapper.find(".kb-kuorum").remove();
	const persen = k.diundang ? Math.min(100, Math.floor((100 * k.hadir) / k.diundang)) : 0;
	const baru = k.orang - frm.doc.hadirin.length;
	const isi = [
		`<div class="kb-bilah" role="img" aria-label="${__("Hadir {0} dari {1} KK", [k.hadir, k.diundang])}">
			<span class="${k.tercapai ? "tercapai" : ""}" style="width: ${persen}%"></span></div>`,
		`<p><b>${aman(k.keterangan || "")}</b></p>`,
	];
	if (k.unsur) isi.push(`<p class="text-muted">${__("Unsur")}: ${aman(k.unsur)}</p>`);
	if (k.terbuka) isi.push(`<p class="kb-terbuka">${__("Daftar hadir QR terbuka.")}</p>`);
	if (baru > 0) isi.push(`<p>${__("{0} orang baru tercatat lewat QR; tampil pada tabel setelah Anda menyimpan.", [baru])}</p>`);
	const seri = frm.doc.usulan.filter((u) => u.seri);
	if (seri.length && DISUSUN.includes(frm.doc.status)) {
		const nama = seri.map((u) => `${aman(u.judul)} (${__("peringkat {0}", [u.peringkat])})`).join(", ");
		isi.push(`<p class="kb-seri">${__("Nilai sama, sepakati urutannya dalam musyawarah")}: ${nama}</p>`);
	}
	if (frm.doc.status === "Ditunda") {
		isi.push(`<p>${__("Musyawarah ditunda. Undang ulang warga; musyawarah lanjutan mempunyai ketentuan kuorum sendiri.")}</p>`);
	}
	const $strip = $(`<section class="kb-kuorum" aria-label="${__("Kuorum")}" aria-live="polite">${isi.join("")}</section>`);
	const $jalan = frm.layout.wrapper.find(".kb-perjalanan");
	if ($jalan.length) $strip.insertAfter($jalan);
	else $strip.prependTo(frm.layout.wrapper);
}

function berhenti_menghitung(frm) {
	clearInterval(frm.kb_hitung);
	frm.kb_hitung = null;
}

/** Look again every few seconds while phones may sign in and the form is in sight. */
function hitung_terus(frm) {
	const nama = frm.doc.name;
	frm.kb_hitung = setInterval(async () => {
		if (document.hidden) return;
		if (cur_frm !== frm || frm.doc.name !== nama || !frappe.get_route_str().startsWith("Form/")) {
			berhenti_menghitung(frm);
			return;
		}
		await lihat_lagi(frm);
	}, JEDA_TANYA);
}

async function lihat_lagi(frm) {
	const k = await panggil("hadir.keadaan", { musyawarah: frm.doc.name });
	if (k.orang !== frm.doc.hadirin.length && !frm.is_dirty() && !frm.kb_dialog) await frm.reload_doc();
	else tampilkan_kuorum(frm, k);
	if (frm.kb_dialog) isi_dialog(frm.kb_dialog, k);
}

// --- attendance by QR

async function daftar_hadir_qr(frm) {
	if (frm.is_dirty()) await frm.save();
	const k = await panggil("hadir.buka", { musyawarah: frm.doc.name }, "POST");
	await frm.reload_doc();
	const dialog = new frappe.ui.Dialog({
		title: __("Daftar Hadir QR"),
		fields: [{ fieldname: "qr", fieldtype: "HTML" }],
		primary_action_label: __("Tutup Daftar Hadir"),
		primary_action: async () => {
			await panggil("hadir.tutup", { musyawarah: frm.doc.name }, "POST");
			dialog.hide();
		},
		secondary_action_label: __("Ganti Kode"),
		secondary_action: () =>
			frappe.confirm(__("Kode QR yang sudah dibagikan atau dicetak tidak berlaku lagi. Ganti?"), async () =>
				isi_dialog(dialog, await panggil("hadir.buka", { musyawarah: frm.doc.name, ganti: 1 }, "POST"))
			),
	});
	dialog.onhide = () => {
		frm.kb_dialog = null;
		frm.reload_doc();
	};
	frm.kb_dialog = dialog;
	isi_dialog(dialog, k);
	dialog.show();
}

function isi_dialog(dialog, k) {
	dialog.get_field("qr").$wrapper.html(
		`<div class="kb-qr">
			<p>${__("Warga memindai kode ini dengan ponsel, lalu mengisi NIK.")}</p>
			<img src="${k.gambar || ""}" alt="${__("Kode QR daftar hadir")}">
			<p class="kb-alamat">${aman(k.alamat || "")}</p>
			<p class="text-muted">${__("Berlaku {0}.", [aman(k.masa || "")])}</p>
			<p class="kb-hitungan"><b>${__("Hadir {0} dari {1} KK", [k.hadir, k.diundang])}</b><br>${aman(k.keterangan || "")}</p>
		</div>`
	);
}

// --- invitation

async function undang(frm) {
	if (frm.is_dirty()) await frm.save();
	const { teks, tautan } = await panggil("undangan.undangan", { musyawarah: frm.doc.name });
	const dialog = new frappe.ui.Dialog({
		title: __("Undangan"),
		fields: [{ fieldname: "teks", fieldtype: "Small Text", label: __("Teks undangan"), default: teks }],
		primary_action_label: __("Kirim lewat WhatsApp"),
		primary_action: () => window.open(tautan, "_blank", "noopener"),
		secondary_action_label: __("Salin Teks"),
		secondary_action: () => frappe.utils.copy_to_clipboard(dialog.get_value("teks")),
	});
	dialog.show();
	const $teks = dialog.get_field("teks").$input.prop("readonly", true).css("height", "320px");
	dialog.$wrapper.on("shown.bs.modal", () => setTimeout(() => $teks.scrollTop(0)[0].setSelectionRange(0, 0), 300));
}

async function undang_ulang(frm) {
	const awal = await panggil("doctype.musyawarah.musyawarah.lanjutan_paling_awal", { musyawarah: frm.doc.name });
	const jam = frm.doc.tanggal.split(" ")[1];
	const dialog = new frappe.ui.Dialog({
		title: __("Undang Ulang"),
		fields: [
			{
				fieldname: "tanggal",
				fieldtype: "Datetime",
				label: __("Tanggal dan Jam (WIB)"),
				reqd: 1,
				default: `${awal} ${jam}`,
				description: __("Paling awal {0}.", [frappe.datetime.str_to_user(awal)]),
			},
		],
		primary_action_label: __("Buat Musyawarah Lanjutan"),
		primary_action: async ({ tanggal }) => {
			const nama = await panggil(
				"doctype.musyawarah.musyawarah.undang_ulang",
				{ musyawarah: frm.doc.name, tanggal },
				"POST"
			);
			dialog.hide();
			frappe.set_route("Form", "Musyawarah", nama);
		},
	});
	dialog.show();
}

// --- attendance on paper

async function catat_hadirin(frm) {
	if (!frm.doc.rt) {
		frappe.msgprint(__("Pilih RT dahulu."));
		return;
	}
	const hadir = new Set((frm.doc.hadirin || []).map((h) => h.warga));
	const warga = await frappe.db.get_list("Warga", {
		filters: { rt: frm.doc.rt },
		fields: ["name", "nama", "nik_samar", "jenis_kelamin"],
		order_by: "nama",
		limit: 0,
	});
	kampung_bahagia.pilih_warga({
		judul: __("Catat Hadirin"),
		tombol: __("Catat"),
		warga: warga.filter((w) => !hadir.has(w.name)),
		pakai(terpilih) {
			for (const w of terpilih) {
				frappe.utils.add_link_title("Warga", w.name, w.nama);
				const unsur = w.jenis_kelamin === "Perempuan" ? "Perempuan" : "Warga";
				frm.add_child("hadirin", { warga: w.name, nama: w.nama, unsur });
			}
			frm.refresh_field("hadirin");
			frm.dirty();
		},
	});
}
