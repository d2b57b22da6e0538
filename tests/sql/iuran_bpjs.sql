-- per kelurahan, in {wilayah}: the premium of registrations first sent to BPJS in the year %(tahun)s
select
	kel.nama as wilayah, count(*) as pendaftaran, sum(d.dasar_iuran) as dasar_iuran, sum(d.jkk) as jkk,
	sum(d.jkm) as jkm, sum(d.iuran) as iuran, sum(d.tagihan) as tagihan,
	sum(
		case
			when d.cara_bayar = 'Per Termin' then (
				select ifnull(sum(t.jumlah), 0) from `tabTermin Iuran` t
				where t.parent = d.name and t.dibayar_pada is not null
			)
			when d.dibayar_pada is not null then d.tagihan
			else 0
		end + ifnull(d.tambahan_dibayar, 0)
	) as dibayar,
	sum(
		d.tagihan + k.tambahan_iuran - case
			when d.cara_bayar = 'Per Termin' then (
				select ifnull(sum(t.jumlah), 0) from `tabTermin Iuran` t
				where t.parent = d.name and t.dibayar_pada is not null
			)
			when d.dibayar_pada is not null then d.tagihan
			else 0
		end
	) as belum
from `tabPendaftaran BPJS` d
join `tabKegiatan` k on k.name = d.kegiatan
join `tabKelurahan` kel on kel.name = d.kelurahan
where d.dikirim_pada is not null and d.status <> 'Dibatalkan' and year(d.dikirim_pada) = %(tahun)s and {wilayah}
group by d.kelurahan, kel.nama
order by d.kelurahan
