import { jalankan_antrean } from "./formulir/antrean.mjs";
import "./meja/tanggal.mjs";
import "./meja/tenggat.mjs";
import "./meja/antrian.mjs";
import "./meja/alasan.mjs";
import "./meja/bawaan.mjs";
import "./meja/cetak.mjs";
import "./meja/surat_resmi.mjs";
import "./meja/perjalanan.mjs";
import "./meja/pagu.mjs";
import "./meja/pilih_warga.mjs";
import "./meja/buka_pribadi.mjs";
import "./meja/pindah_rt.mjs";
import "./meja/impor.mjs";
import "./meja/laporan.mjs";
import { tanya_sebelum_keluar } from "./meja/keluar.mjs";

// an office arranges no workspaces and needs none of the framework's own help
document.body.classList.toggle("kb-kantor", !frappe.boot.user.roles.includes("System Manager"));

// what waits on this phone is sent from the desk too; a browser that keeps nothing has nothing to send
if (frappe.boot.user.roles.includes("Ketua RT")) {
	jalankan_antrean().catch(() => {});
	tanya_sebelum_keluar();
}
