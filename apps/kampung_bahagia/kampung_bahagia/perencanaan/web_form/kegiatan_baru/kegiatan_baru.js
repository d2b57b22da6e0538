// {% include "kampung_bahagia/templates/includes/formulir.js" %}

const JENIS_RAB = ["Bahan", "Upah", "Alat", "Lainnya"];
const rupiah = (nilai) => "Rp " + Math.round(nilai).toLocaleString("id-ID");

frappe.ready(async () => {
	formulir.pemilih_waktu("tanggal_mulai", "date");
	formulir.pemilih_waktu("tanggal_selesai", "date");
	formulir.angka("masa_pemeliharaan");
	formulir.angka("ppn");
	susun_rab();
	formulir.setelah_kirim(
		(doc) => `<p>Nomor <b>${doc.name}</b>, nilai <b>${rupiah(doc.nilai_kegiatan)}</b>,
			perkiraan iuran BPJS <b>${rupiah(doc.perkiraan_iuran)}</b>.</p>
			<p>Berikutnya: buka kegiatan ini, tekan <b>Tambah Peserta</b>, lalu pilih <b>Tindakan › Ajukan</b> agar
			sampai kepada lurah.</p>
			<p><a class="btn btn-primary btn-block" href="/app/kegiatan/${doc.name}">Buka kegiatan</a></p>`
	);

	const { message: usulan } = await frappe.call("kampung_bahagia.perencanaan.layar.usulan_tersedia");
	if (!usulan.length) {
		formulir.tutup(
			"Belum ada usulan yang dapat diajukan. Usulan muncul di sini setelah diputuskan musyawarah RT Anda dan disahkan lurah."
		);
		return;
	}
	frappe.web_form.on("usulan", () => {
		const u = usulan.find((u) => u.usulan === formulir.kolom("usulan").get_value());
		if (!u) return;
		frappe.web_form.set_value("musyawarah", u.musyawarah);
		frappe.web_form.set_value("rt", u.rt);
		frappe.web_form.set_value("judul", u.judul);
	});
	formulir.isi_pilihan(
		"usulan",
		usulan.map((u) => ({ value: u.usulan, label: `${u.judul} (${u.nama_rt})` }))
	);
	formulir.belum_diubah();
});

/** One card per line of the budget: a table does not fit a phone. */
function susun_rab() {
	const kolom = formulir.kolom("rab");
	const $rab = $('<div class="rab"></div>').insertAfter(kolom.$wrapper);
	const $jumlah = $('<p class="rab-jumlah" aria-live="polite"></p>').insertAfter($rab);
	kolom.$wrapper.hide();

	const baca = (kartu) => {
		const isi = Object.fromEntries(
			[...kartu.querySelectorAll("[name]")].map((m) => [m.name, m.type === "checkbox" ? +m.checked : m.value.trim()])
		);
		return { ...isi, volume: parseFloat(isi.volume) || 0, harga_satuan: parseFloat(isi.harga_satuan) || 0 };
	};
	const kartu = () => [...$rab.children(".rab-baris")];
	kolom.get_value = () => kartu().map(baca).filter((b) => b.uraian || b.harga_satuan);

	const hitung = () => {
		let jumlah = 0;
		kartu().forEach((k, i) => {
			const { volume, harga_satuan } = baca(k);
			jumlah += volume * harga_satuan;
			k.querySelector(".rab-nomor").textContent = `Baris ${i + 1}`;
			k.querySelector("output").textContent = rupiah(volume * harga_satuan);
		});
		$jumlah.html(`Jumlah: <b>${rupiah(jumlah)}</b>`);
		frappe.web_form.make_form_dirty();
	};
	const tambah = () => {
		$(`<fieldset class="rab-baris">
			<legend><span class="rab-nomor"></span><button type="button" class="btn btn-link">Hapus</button></legend>
			<label class="lebar">Uraian <input class="form-control" name="uraian" required></label>
			<label>Jenis <select class="form-control" name="jenis">${JENIS_RAB.map((j) => `<option>${j}</option>`).join("")}</select></label>
			<label>Satuan <input class="form-control" name="satuan" required placeholder="zak, m³, hari"></label>
			<label>Volume <input class="form-control" name="volume" type="number" inputmode="decimal" min="0" step="any" required></label>
			<label>Harga satuan (Rp) <input class="form-control" name="harga_satuan" type="number" inputmode="numeric" min="0" step="any" required></label>
			<label class="lebar centang"><input type="checkbox" name="dasar_iuran" checked> Masuk dasar iuran BPJS</label>
			<output class="lebar"></output>
		</fieldset>`)
			.insertBefore($tombol)
			.on("input", hitung)
			.on("click", "button", (e) => {
				$(e.currentTarget).closest(".rab-baris").remove();
				hitung();
			});
		hitung();
	};
	const $tombol = $('<button type="button" class="btn btn-default btn-block">Tambah Baris</button>').appendTo($rab).on("click", tambah);
	tambah();
}
