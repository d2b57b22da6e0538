import "./tanggal";
import "./meja/alasan";
import "./meja/bawaan";
import "./meja/perjalanan";
import "./meja/pilih_warga";

// an office arranges no workspaces and needs none of the framework's own help
document.body.classList.toggle("kb-kantor", !frappe.boot.user.roles.includes("System Manager"));
