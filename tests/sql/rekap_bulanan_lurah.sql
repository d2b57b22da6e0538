-- per RT in {wilayah}: the month from %(awal)s to %(akhir)s, on the day %(hari_ini)s
with bulan_ini as (
	select name, rt, status, kemajuan
	from `tabKegiatan`
	where coalesce(date(dimulai_pada), tanggal_mulai) <= %(akhir)s
		and if(
			status in ('Berjalan', 'Serah Terima'),
			greatest(tanggal_selesai, %(hari_ini)s),
			coalesce(date(diselesaikan_pada), tanggal_selesai)
		) >= %(awal)s
)
select
	rt.judul as rt,
	coalesce(m.musyawarah, 0) as musyawarah,
	coalesce(m.disahkan, 0) as disahkan,
	coalesce(m.ditunda, 0) as ditunda,
	coalesce(k.disusun, 0) as disusun,
	coalesce(k.menunggu, 0) as menunggu,
	coalesce(k.disetujui, 0) as disetujui,
	coalesce(k.berjalan, 0) as berjalan,
	k.kemajuan,
	coalesce(k.selesai, 0) as selesai,
	coalesce(k.gugur, 0) as gugur,
	coalesce(p.peserta, 0) as peserta,
	coalesce(p.terlindungi, 0) as terlindungi,
	coalesce(c.klaim, 0) as klaim,
	coalesce(c.klaim_terbuka, 0) as klaim_terbuka,
	coalesce(tunggu.banyak, 0) as menunggu_lurah
from `tabRT` rt
left join (
	select rt, count(*) as musyawarah, sum(status = 'Disahkan') as disahkan, sum(status = 'Ditunda') as ditunda
	from `tabMusyawarah`
	where tanggal >= %(awal)s and tanggal < %(akhir)s + interval 1 day and status <> 'Dibatalkan'
	group by rt
) m on m.rt = rt.name
left join (
	select
		rt,
		sum(status in ('Draf', 'Dikembalikan')) as disusun,
		sum(status in ('Diajukan', 'Diverifikasi Lurah')) as menunggu,
		sum(status in ('Disetujui DPMPPA', 'Didaftarkan BPJS', 'Terlindungi')) as disetujui,
		sum(status in ('Berjalan', 'Serah Terima')) as berjalan,
		avg(if(status in ('Berjalan', 'Serah Terima'), kemajuan, null)) as kemajuan,
		sum(status = 'Selesai') as selesai,
		sum(status in ('Ditolak', 'Dihentikan')) as gugur
	from bulan_ini
	group by rt
) k on k.rt = rt.name
left join (
	select b.rt, count(*) as peserta, sum(p.status in ('Terlindungi', 'Berakhir')) as terlindungi
	from bulan_ini b
	join `tabPeserta` p on p.kegiatan = b.name
	group by b.rt
) p on p.rt = rt.name
left join (
	select rt, count(*) as klaim, sum(status <> 'Ditutup') as klaim_terbuka
	from `tabKlaim`
	where waktu_kejadian >= %(awal)s and waktu_kejadian < %(akhir)s + interval 1 day
	group by rt
) c on c.rt = rt.name
left join (
	select rt, sum(banyak) as banyak
	from (
		select rt, count(*) as banyak from `tabMusyawarah` where status = 'Ditinjau Pendamping' group by rt
		union all
		select rt, count(*) from `tabRenja` where status = 'Diajukan' group by rt
		union all
		select rt, count(*) from `tabKegiatan` where status in ('Diajukan', 'Serah Terima') group by rt
		union all
		select rt, count(*) from `tabAdendum Kegiatan` where status = 'Diajukan' group by rt
		union all
		select rt, count(*) from `tabLPJ Kegiatan` where status = 'Diajukan' group by rt
		union all
		select rt, count(*) from `tabKlaim` where status = 'Dilaporkan' group by rt
	) berkas
	group by rt
) tunggu on tunggu.rt = rt.name
where {wilayah}
order by rt.name
