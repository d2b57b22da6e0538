"""What the app asks of the site: its settings, name and logo."""

import frappe

PROFIL_KANTOR = "Kantor Kampung Bahagia"
LOGO = "/assets/kampung_bahagia/images/logo.svg"


def atur_situs() -> None:
	buat_profil_kantor()
	isi_nama_dan_logo()
	tulis_jam_tanpa_detik()
	izinkan_masuk_dengan_nomor()


def buat_profil_kantor() -> None:
	"""What an office sees of the desk: this app's modules and none of the framework's own."""
	if frappe.db.exists("Module Profile", PROFIL_KANTOR):
		return
	modul = frappe.get_all(
		"Module Def", filters={"app_name": ["!=", "kampung_bahagia"]}, pluck="name", order_by="name"
	)
	frappe.get_doc(
		{
			"doctype": "Module Profile",
			"module_profile_name": PROFIL_KANTOR,
			"block_modules": [{"module": m} for m in modul],
		}
	).insert(ignore_permissions=True)


def isi_nama_dan_logo() -> None:
	"""Name, logo and defaults that nobody has set yet; an administrator's own choice stays."""
	pengaturan = frappe.get_single("Pengaturan Kampung Bahagia")
	if not pengaturan.kabupaten_kota:
		pengaturan.flags.ignore_permissions = True
		pengaturan.save()  # stores the defaults of the form
	for doctype, nilai in {
		"Navbar Settings": {"app_logo": LOGO},
		"Website Settings": {
			"app_name": "Kampung Bahagia",
			"app_logo": LOGO,
			"favicon": LOGO,
			"brand_html": f'<img src="{LOGO}" alt="" width="28" height="28"> Kampung Bahagia',
			"footer_powered": "Kampung Bahagia",
		},
		"System Settings": {"app_name": "Kampung Bahagia"},
	}.items():
		for kolom, isi in nilai.items():
			if (frappe.db.get_single_value(doctype, kolom) or "Frappe") == "Frappe":
				frappe.db.set_single_value(doctype, kolom, isi)


def tulis_jam_tanpa_detik() -> None:
	"""Hours to the minute: the date field of the forms chooses no seconds."""
	if frappe.db.get_single_value("System Settings", "time_format") == "HH:mm:ss":
		frappe.db.set_single_value("System Settings", "time_format", "HH:mm")
		frappe.db.set_default("time_format", "HH:mm")


def izinkan_masuk_dengan_nomor() -> None:
	"""Before anyone holds an office, the mobile number becomes a way to sign in.

	Many a Ketua RT has no e-mail address. Later it is the administrator's to change.
	"""
	if not frappe.db.count("Penugasan"):
		frappe.db.set_single_value("System Settings", "allow_login_using_mobile_number", 1)
