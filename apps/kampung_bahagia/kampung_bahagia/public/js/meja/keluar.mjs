// Signing out empties this device of what the phone forms keep: ask before something is lost that was not sent.

import { semua_draf } from "../formulir/gudang.mjs";

export function tanya_sebelum_keluar() {
	const keluar = frappe.Application.prototype.logout;
	frappe.Application.prototype.logout = async function () {
		const belum = (await semua_draf()).length;
		if (!belum) return keluar.call(this);
		frappe.warn(
			__("Isian belum terkirim"),
			__("{0} isian formulir ada di perangkat ini saja dan akan terhapus bila Anda keluar. {1}", [
				belum,
				`<a href="/ketua-rt"><u>${__("Lihat isian")}</u></a>`,
			]),
			() => keluar.call(this),
			__("Tetap keluar")
		);
	};
}
