"""Signed files of official documents become private: the framework had made copies that anyone could fetch."""

from pathlib import Path

import frappe


def execute() -> None:
	for berkas in frappe.get_all(
		"File",
		filters={"attached_to_doctype": "Dokumen Resmi", "is_private": 0},
		fields=["name", "file_url"],
		order_by="name",
	):
		umum = Path(frappe.get_site_path("public", berkas.file_url.lstrip("/")))
		tertutup = Path(frappe.get_site_path("private", berkas.file_url.lstrip("/")))
		if umum.is_file():
			if tertutup.is_file() and tertutup.read_bytes() != umum.read_bytes():
				tertutup = tertutup.with_stem(f"{tertutup.stem}-{berkas.name}")
			umum.replace(tertutup)
		alamat = {"file_url": f"/private/files/{tertutup.name}", "is_private": 1}
		frappe.db.set_value("File", berkas.name, alamat, update_modified=False)
