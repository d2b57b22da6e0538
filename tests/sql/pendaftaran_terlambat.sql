-- construction works planned to start in the year %(tahun)s, in {wilayah}, that were registered or paid late, on the day %(hari_ini)s
select * from (
	select
		k.judul, k.name as kegiatan, rt.judul as nama_rt, kel.nama as kelurahan, ifnull(d.status, k.status) as status,
		k.batas_pendaftaran, date(d.dikirim_pada) as dikirim_pada,
		case
			when k.status in ('Ditolak', 'Dihentikan') and d.dikirim_pada is null then 0
			else greatest(0, ifnull(datediff(ifnull(date(d.dikirim_pada), %(hari_ini)s), k.batas_pendaftaran), 0))
		end as terlambat_daftar,
		k.tanggal_mulai, date(d.dibayar_pada) as dibayar_pada,
		case
			when k.status in ('Ditolak', 'Dihentikan') and d.dibayar_pada is null then 0
			else greatest(0, datediff(ifnull(date(d.dibayar_pada), %(hari_ini)s), k.tanggal_mulai) + 1)
		end as terlambat_bayar
	from `tabKegiatan` k
	join `tabRT` rt on rt.name = k.rt
	join `tabKelurahan` kel on kel.name = k.kelurahan
	left join `tabPendaftaran BPJS` d on d.kegiatan = k.name
	where k.konstruksi = 1 and k.docstatus = 1 and {wilayah}
		and k.tanggal_mulai between '%(tahun)s-01-01' and '%(tahun)s-12-31'
) semua
where terlambat_daftar > 0 or terlambat_bayar > 0
order by batas_pendaftaran, kegiatan
