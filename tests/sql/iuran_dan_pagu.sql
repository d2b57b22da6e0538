-- per RT in {wilayah}: the budget year %(tahun)s, by the ceiling in force on %(hari_ini)s
select
	rt.judul as wilayah,
	1 as rt,
	coalesce(k.kegiatan, 0) as kegiatan,
	coalesce(pagu.pagu, 0) as pagu,
	coalesce(k.terpakai, 0) as terpakai,
	coalesce(k.direncanakan, 0) as direncanakan,
	coalesce(pagu.pagu, 0) - coalesce(k.terpakai, 0) - coalesce(k.direncanakan, 0) as sisa,
	coalesce(k.dasar_iuran, 0) as dasar_iuran,
	coalesce(k.perkiraan_iuran, 0) as perkiraan_iuran,
	coalesce(k.tagihan, 0) as tagihan
from `tabRT` rt
left join (
	select
		rt,
		count(*) as kegiatan,
		sum(if(menunggu, 0, dana)) as terpakai,
		sum(if(menunggu, dana, 0)) as direncanakan,
		sum(dasar_iuran) as dasar_iuran,
		sum(perkiraan_iuran) as perkiraan_iuran,
		sum(tagihan) as tagihan
	from (
		select
			k.rt, k.dasar_iuran, k.perkiraan_iuran, k.nilai_kegiatan - k.swadaya as dana, d.tagihan,
			k.status in ('Diajukan', 'Diverifikasi Lurah') as menunggu
		from `tabKegiatan` k
		left join `tabPendaftaran BPJS` d on d.name = k.pendaftaran
		where k.tahun_anggaran = %(tahun)s
			and k.status not in ('Draf', 'Dikembalikan', 'Ditolak')
			and (k.status <> 'Dihentikan' or k.dimulai_pada is not null)
	) dihitung
	group by rt
) k on k.rt = rt.name
left join (
	select l.kk_dari, if(l.kk_sampai > 0, l.kk_sampai, 1000000) as kk_sampai, l.pagu
	from `tabLapis Pagu` l
	join `tabKetentuan Pagu` p on p.name = l.parent
	where p.berlaku_mulai <= %(hari_ini)s and ifnull(p.berlaku_sampai, '9999-12-31') >= %(hari_ini)s
) pagu on rt.jumlah_kk between pagu.kk_dari and pagu.kk_sampai and rt.jumlah_kk > 0
where {wilayah}
order by rt.name
