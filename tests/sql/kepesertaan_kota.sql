-- per group, in {wilayah}: people today, and months, contribution and budget of the year %(tahun)s
select
	g.name as wilayah, ifnull(k.peserta, 0) as peserta, ifnull(k.akan_habis, 0) as akan_habis,
	ifnull(r.orang_bulan, 0) as orang_bulan, ifnull(r.iuran, 0) as iuran, ifnull(r.dibayar, 0) as dibayar,
	ifnull(a.pagu, 0) as pagu, ifnull(a.pagu, 0) - ifnull(r.dibayar, 0) as sisa
from `tabKelompok Kepesertaan` g
left join (
	select kelompok, count(*) as peserta, sum(status = 'Akan Habis') as akan_habis
	from `tabKepesertaan Kota`
	where mulai <= %(hari_ini)s and (sampai is null or sampai >= %(hari_ini)s) and {wilayah}
	group by kelompok
) k on k.kelompok = g.name
left join (
	select
		kelompok, count(*) as orang_bulan, sum(jumlah) as iuran,
		sum(if(iuran_kota in (select name from `tabIuran Kepesertaan Kota` where status = 'Lunas'), jumlah, 0)) as dibayar
	from `tabRincian Iuran Kota`
	where year(bulan) = %(tahun)s and {wilayah}
	group by kelompok
) r on r.kelompok = g.name
left join `tabAnggaran Kepesertaan Kota` a on a.kelompok = g.name and a.tahun = %(tahun)s
where k.kelompok is not null or r.kelompok is not null or a.name is not null
order by g.name
