-- open claims in {wilayah} that stand longer with an office than it should take, or past a clock, at the hour %(sekarang)s
select
	jabatan, klaim, nama, jenis, status, sejak, hari, batas_hari, tenggat_jenis, tenggat_pada,
	if(hari > batas_hari, if(tenggat_pada < %(sekarang)s, 'Keduanya', 'Terlalu Lama'), 'Tenggat Lewat') as sebab,
	nama_rt, kelurahan
from (
	select
		semua.*, timestampdiff(second, sejak, %(sekarang)s) / 86400 as hari,
		case jabatan
			when 'Ketua RT' then ifnull(a.hari_ketua_rt, 3)
			when 'Lurah' then ifnull(a.hari_lurah, 2)
			when 'DPMPPA' then ifnull(a.hari_dpmppa, 3)
			else ifnull(a.hari_bpjs, 10)
		end as batas_hari
	from (
		select
			case k.status
				when 'Dikembalikan' then 'Ketua RT'
				when 'Dilaporkan' then 'Lurah'
				when 'Diajukan ke BPJS' then 'BPJS Ketenagakerjaan'
				when 'Disetujui BPJS' then 'BPJS Ketenagakerjaan'
				else 'DPMPPA'
			end as jabatan,
			k.name as klaim, k.nama, k.jenis, k.status,
			ifnull((
				select max(j.waktu) from `tabJejak Keputusan` j
				where j.rujukan_nama = k.name and j.rujukan_doctype = 'Klaim' and not j.dari <=> j.ke
			), k.dilaporkan_pada) as sejak,
			case
				when k.diajukan_pada is null then k.tenggat_jenis
				when k.batas_bayar is not null and k.dibayar_pada is null then 'Pembayaran oleh BPJS'
			end as tenggat_jenis,
			case
				when k.diajukan_pada is null then k.tenggat_pada
				when k.batas_bayar is not null and k.dibayar_pada is null then timestamp(k.batas_bayar, '23:59:59')
			end as tenggat_pada,
			k.waktu_kejadian, rt.judul as nama_rt, kel.nama as kelurahan
		from `tabKlaim` k
		join `tabRT` rt on rt.name = k.rt
		join `tabKelurahan` kel on kel.name = k.kelurahan
		where k.status not in ('Ditutup', 'Ditarik') and {wilayah}
	) semua
	left join `tabKetentuan Klaim` a
		on date(semua.waktu_kejadian) between a.berlaku_mulai and ifnull(a.berlaku_sampai, '9999-12-31')
) dihitung
where hari > batas_hari or tenggat_pada < %(sekarang)s
order by sejak, klaim
