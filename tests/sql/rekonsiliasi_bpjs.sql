-- registrations sent to BPJS in the year %(tahun)s, in {wilayah}, beside the answers, on the day %(hari_ini)s, seven days to answer
select
	case
		when status in ('Ditolak BPJS', 'Diperbaiki') then 'Perlu Perbaikan'
		when menunggu_sejak is not null and hari_menunggu > 7 then 'Lewat Batas'
		when menunggu_sejak is not null then 'Menunggu Jawaban'
		when selisih <> 0 or hari_kurang > 0 then 'Berbeda'
		else 'Sesuai'
	end as keadaan,
	pendaftaran, judul, nama_rt, kelurahan, status, dikirim_pada, hari_menunggu, iuran, tagihan, selisih,
	diminta_mulai, diminta_sampai, berlaku_mulai, berlaku_sampai, hari_kurang
from (
	select
		semua.*,
		greatest(0, ifnull(datediff(%(hari_ini)s, menunggu_sejak), 0)) as hari_menunggu,
		greatest(0, ifnull(datediff(berlaku_mulai, diminta_mulai), 0))
			+ greatest(0, ifnull(datediff(diminta_sampai, berlaku_sampai), 0)) as hari_kurang
	from (
		select
			d.name as pendaftaran, k.judul, rt.judul as nama_rt, kel.nama as kelurahan, d.status,
			date(ifnull(d.dikirim_pada, d.creation)) as dikirim_pada, ifnull(d.dikirim_pada, d.creation) as saat, d.iuran, d.tagihan,
			if(d.tagihan > 0, d.tagihan - d.iuran, 0) as selisih,
			case d.status
				when 'Dikirim' then date(ifnull(d.dikirim_pada, d.creation))
				when 'Lunas' then date(d.dibayar_pada)
				when 'Diangsur' then date(d.dibayar_pada)
			end as menunggu_sejak,
			if(date(d.dibayar_pada) > k.tanggal_mulai, date(d.dibayar_pada), k.tanggal_mulai) as diminta_mulai,
			date_add(k.tanggal_selesai, interval ifnull(k.masa_pemeliharaan, 0) day) as diminta_sampai,
			d.berlaku_mulai, d.berlaku_sampai
		from `tabPendaftaran BPJS` d
		join `tabKegiatan` k on k.name = d.kegiatan
		join `tabRT` rt on rt.name = k.rt
		join `tabKelurahan` kel on kel.name = k.kelurahan
		where d.diserahkan_bpjs = 1 and d.status <> 'Dibatalkan' and {wilayah}
			and year(ifnull(d.dikirim_pada, d.creation)) = %(tahun)s
	) semua
) dihitung
order by saat, pendaftaran
