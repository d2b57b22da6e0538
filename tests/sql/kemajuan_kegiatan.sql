-- kegiatan that have started and whose planned days touch the year %(tahun)s, in {wilayah}, on the day %(hari_ini)s
select
	k.name as kegiatan, k.judul, rt.judul as rt, k.status, k.tanggal_mulai, k.tanggal_selesai, k.kemajuan,
	k.nilai_kegiatan,
	greatest(datediff(coalesce(date(k.diselesaikan_pada), %(hari_ini)s), k.tanggal_selesai), 0) as terlambat,
	lapor.tanggal as laporan_terakhir,
	nullif(greatest(ifnull(lapor.foto, '0000-00-00'), ifnull(gambar.tanggal, '0000-00-00')), '0000-00-00')
		as foto_terakhir
from `tabKegiatan` k
join `tabRT` rt on rt.name = k.rt
left join (
	select kegiatan, max(tanggal) as tanggal, max(if(foto <> '', tanggal, null)) as foto
	from `tabKemajuan Kegiatan` group by kegiatan
) lapor on lapor.kegiatan = k.name
left join (
	select parent, max(tanggal) as tanggal from `tabFoto Kegiatan` group by parent
) gambar on gambar.parent = k.name
where k.dimulai_pada is not null
	and k.tanggal_mulai <= '%(tahun)s-12-31' and k.tanggal_selesai >= '%(tahun)s-01-01' and {wilayah}
order by k.rt, k.name
