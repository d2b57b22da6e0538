// Actions that need a reason (izin/dokumen.py, AKSI_BERALASAN) ask for it before they happen, so that nobody
// meets a refusal for a field that the form does not let them fill in.

export const BERALUR = frappe.boot.kampung_bahagia.beralur;

const PENJELASAN = {
	"Ajukan Ulang": __("Dibaca oleh BPJS. Tulis apa yang sudah diperbaiki atau dilengkapi."),
	"Ajukan Keberatan": __("Dibaca oleh BPJS. Tulis apa yang kurang tepat dari keputusannya."),
};

const beralasan = (aksi) => frappe.boot.kampung_bahagia.aksi_beralasan.includes(aksi);

/** Resolves to the reason; stays pending for ever when the user changes their mind. */
function tanya_alasan(aksi, penjelasan) {
	return new Promise((resolve) => {
		const dialog = new frappe.ui.Dialog({
			title: __("Alasan {0}", [__(aksi)]),
			fields: [
				{
					fieldname: "alasan",
					fieldtype: "Small Text",
					label: __("Alasan"),
					reqd: 1,
					description: penjelasan,
				},
			],
			primary_action_label: __(aksi),
			primary_action({ alasan }) {
				dialog.hide();
				resolve(alasan);
			},
			secondary_action_label: __("Batal"),
			secondary_action: () => dialog.hide(),
		});
		dialog.show();
	});
}

for (const doctype of BERALUR) {
	frappe.ui.form.on(doctype, {
		async before_workflow_action(frm) {
			const aksi = frm.selected_workflow_action;
			if (!beralasan(aksi)) return;
			// the framework froze the screen, and goes on (and thaws) only when this promise is kept: a
			// cancelled dialog leaves it pending, and the action does not happen
			frappe.dom.unfreeze();
			const alasan = await tanya_alasan(aksi, PENJELASAN[aksi] || __("Dibaca oleh penerima berkas. Tulis apa yang harus diperbaiki."));
			frappe.dom.freeze();
			try {
				await frappe.xcall("frappe.client.set_value", {
					doctype: frm.doctype,
					name: frm.docname,
					fieldname: "alasan",
					value: alasan,
				});
			} catch (galat) {
				frappe.dom.unfreeze();
				throw galat;
			}
		},
	});
}

// The same for many files at once: each gets its own verdict, and the page with the verdicts opens.
const tindakan_massal = frappe.views.ListView.prototype.get_workflow_action_menu_items;

frappe.views.ListView.prototype.get_workflow_action_menu_items = function () {
	return tindakan_massal.call(this).map((butir) => {
		if (!BERALUR.includes(this.doctype)) return butir;
		return { ...butir, action: () => putuskan(this, butir.name) };
	});
};

async function putuskan(daftar, aksi) {
	const docnames = daftar.get_checked_items(true);
	const alasan = beralasan(aksi)
		? await tanya_alasan(aksi, __("Alasan yang sama ditulis pada {0} berkas terpilih.", [docnames.length]))
		: await setuju(aksi, docnames.length);
	const { name } = await frappe.xcall("kampung_bahagia.izin.massal.putuskan", {
		doctype: daftar.doctype,
		docnames,
		aksi,
		alasan,
	});
	daftar.clear_checked_items();
	frappe.set_route("Form", "Keputusan Massal", name);
}

/** Resolves when the user agrees; stays pending for ever when not. */
function setuju(aksi, jumlah) {
	return new Promise((resolve) =>
		frappe.confirm(__("{0} untuk {1} berkas terpilih?", [`<b>${__(aksi)}</b>`, jumlah]), () => resolve(null))
	);
}
