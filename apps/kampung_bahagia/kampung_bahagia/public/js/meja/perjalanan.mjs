// The strip above a file: where it stands on its way, whose turn it is, what it lacks, what to do now.

import { BERALUR } from "./alasan.mjs";
import PETUNJUK from "./petunjuk.mjs";

const aman = frappe.utils.escape_html;
// states of a kegiatan in which its registration says what comes next
const MENUJU_MULAI = ["Disetujui DPMPPA", "Didaftarkan BPJS", "Terlindungi"];

function langkah(tahap, status) {
	const kini = tahap.indexOf(status);
	return tahap
		.map((nama, i) => {
			const keadaan = i < kini ? "selesai" : i === kini ? "kini" : "nanti";
			return `<li class="${keadaan}" ${i === kini ? 'aria-current="step"' : ""}>${aman(__(nama))}</li>`;
		})
		.join("");
}

// what else a file has to say of itself: method of the server, and the argument that names the file
const POSISI = {
	Kegiatan: ["kampung_bahagia.perlindungan.layar.posisi_kegiatan", "kegiatan"],
	"Pendaftaran BPJS": ["kampung_bahagia.perlindungan.layar.posisi_pendaftaran", "pendaftaran"],
};

function keterangan(frm, giliran, { kurang = [], tenggat = [] }) {
	const baris = tenggat.map(({ teks, warna }) => `<p class="kb-tenggat ${warna}">${aman(teks)}</p>`);
	const status = frm.doc.status;
	if (frm.doc.alasan) {
		baris.push(`<p class="kb-alasan"><b>${aman(__(status))}:</b> ${aman(frm.doc.alasan)}</p>`);
	}
	if (giliran.length) {
		const saya = giliran.some((jabatan) => frappe.user.has_role(jabatan));
		const siapa = giliran.map((jabatan) => aman(__(jabatan))).join(", ");
		baris.push(
			`<p class="kb-giliran ${saya ? "saya" : ""}">${saya ? __("Giliran Anda") : __("Giliran")}: <b>${siapa}</b></p>`
		);
		const lain = status === "Disetujui DPMPPA" && frm.doc.konstruksi === 0 && "Bukan konstruksi";
		const di_bpjs = MENUJU_MULAI.includes(status) && frm.doc.status_pendaftaran;
		const petunjuk = saya && (PETUNJUK[frm.doctype] || {})[lain || di_bpjs || status];
		if (petunjuk) baris.push(`<p>${petunjuk}</p>`);
	}
	if (kurang.length) {
		baris.push(`<p class="kb-kurang">${__("Masih kurang")}:</p><ul>${kurang.map((k) => `<li>${k}</li>`).join("")}</ul>`);
	}
	return baris.join("");
}

async function isi($strip, frm) {
	const { docname, doc } = frm;
	const minta = [
		frappe.xcall("kampung_bahagia.izin.layar.perjalanan", { doctype: frm.doctype, name: docname }),
	];
	if (POSISI[frm.doctype]) {
		const [metode, argumen] = POSISI[frm.doctype];
		minta.push(frappe.xcall(metode, { [argumen]: docname }));
	}
	const [alur, posisi = {}] = await Promise.all(minta);
	if (!alur.tahap.length) return;
	const giliran = posisi.giliran?.length ? posisi.giliran : alur.giliran;
	const urutan = alur.tahap.indexOf(doc.status);
	const ringkas =
		urutan < 0
			? aman(__(doc.status))
			: `${__("Langkah {0} dari {1}", [urutan + 1, alur.tahap.length])}: <b>${aman(__(doc.status))}</b>`;
	$strip.attr("aria-label", __("Perjalanan berkas")).html(
		`<p class="kb-ringkas">${ringkas}</p>
		<ol class="${urutan < 0 ? "kb-keluar" : ""}">${langkah(alur.tahap, doc.status)}</ol>
		${keterangan(frm, giliran, posisi)}`
	);
}

/** The timeline tells each step in the words of the ledger; the framework's own note of it says less. */
function hanya_jejak({ timeline }) {
	if (!timeline || timeline.hanya_jejak) return;
	timeline.hanya_jejak = true;
	timeline.get_workflow_timeline_contents = () => [];
	timeline.refresh();
}

/** The framework's word on the file that was open before stays for seconds, and is wrong on one that may be edited. */
function hapus_kabar_terkunci() {
	const kabar = __("This form is not editable due to a Workflow.");
	$("#alert-container .desk-alert").filter((_i, satu) => satu.textContent.includes(kabar)).remove();
}

for (const doctype of BERALUR) {
	frappe.ui.form.on(doctype, {
		refresh(frm) {
			hanya_jejak(frm);
			if (!frm.read_only) hapus_kabar_terkunci();
			frm.layout.wrapper.find(".kb-perjalanan").remove();
			if (frm.is_new()) return;
			const $strip = $('<section class="kb-perjalanan"></section>').prependTo(frm.layout.wrapper);
			isi($strip, frm);
		},
	});
}
