"""Move the personal data of residents from Warga to Data Pribadi, and leave masks behind."""

import frappe


def execute() -> None:
	# a mask holds asterisks: a row that was moved already is not touched again
	frappe.db.sql(
		"""insert into `tabData Pribadi`
			(name, creation, modified, owner, modified_by, nik, no_kk, tanggal_lahir, alamat, no_hp)
		select name, creation, modified, owner, modified_by, nik, no_kk, tanggal_lahir, alamat, no_hp
		from `tabWarga` w
		where w.nik not like '%*%' and not exists (select 1 from `tabData Pribadi` d where d.name = w.name)"""
	)
	frappe.db.sql(
		"""update `tabWarga` set
			nik = nik_samar,
			no_kk = concat(left(no_kk, 4), '********', right(no_kk, 4)),
			no_hp = if(char_length(no_hp) > 9,
				concat(left(no_hp, 5), repeat('*', char_length(no_hp) - 8), right(no_hp, 3)), null),
			tanggal_lahir = null,
			alamat = null
		where nik not like '%*%'"""
	)
