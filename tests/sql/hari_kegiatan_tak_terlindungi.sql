-- approved kegiatan planned to start in the year %(tahun)s, in {wilayah}, with days of work outside paid cover, on the
-- day %(hari_ini)s
select *, berjalan - tertutup as hari from (
	select
		k.judul, k.name as kegiatan, rt.judul as nama_rt, kel.nama as kelurahan, k.status,
		date(k.dimulai_pada) as dimulai, ifnull(date(k.diselesaikan_pada), %(hari_ini)s) as berakhir,
		greatest(d.berlaku_mulai, date(d.dibayar_pada)) as terlindungi_mulai, d.berlaku_sampai as terlindungi_sampai,
		datediff(ifnull(date(k.diselesaikan_pada), %(hari_ini)s), date(k.dimulai_pada)) + 1 as berjalan,
		ifnull(greatest(0, datediff(
			least(ifnull(date(k.diselesaikan_pada), %(hari_ini)s), d.berlaku_sampai),
			greatest(date(k.dimulai_pada), d.berlaku_mulai, date(d.dibayar_pada))
		) + 1), 0) as tertutup
	from `tabKegiatan` k
	join `tabRT` rt on rt.name = k.rt
	join `tabKelurahan` kel on kel.name = k.kelurahan
	left join `tabPendaftaran BPJS` d on d.kegiatan = k.name and d.status = 'Bersertifikat'
	where k.docstatus = 1 and k.dimulai_pada is not null and {wilayah}
		and k.tanggal_mulai between '%(tahun)s-01-01' and '%(tahun)s-12-31'
) semua
where berjalan > tertutup
order by hari desc, kegiatan
