-- documents signed in the year %(tahun)s whose RT lies in {wilayah}
select
	d.name as dokumen, d.nomor, d.tanggal, d.jenis, d.perihal, d.penerbit, d.cara, d.status,
	(select baru.nomor from `tabDokumen Resmi` baru where baru.name = d.diganti_oleh) as pengganti,
	(select count(*) from `tabPemindaian Dokumen` p where p.dokumen_resmi = d.name) as diperiksa
from `tabDokumen Resmi` d
join `tabRT` rt on rt.name = d.rt
where year(d.tanggal) = %(tahun)s and {wilayah}
order by d.rt, d.tanggal, d.name
