-- claims paid in full in the year %(tahun)s, in {wilayah}, by month
with babak as (
	select
		j.rujukan_nama as klaim, j.ke, least(j.waktu, date_add(k.dibayar_pada, interval 1 day)) as mulai,
		least(
			ifnull(lead(j.waktu) over (partition by j.rujukan_nama order by j.urutan), date_add(k.dibayar_pada, interval 1 day)),
			date_add(k.dibayar_pada, interval 1 day)
		) as sampai
	from `tabJejak Keputusan` j
	join `tabKlaim` k on k.name = j.rujukan_nama
	where j.rujukan_doctype = 'Klaim' and {wilayah} and year(k.dibayar_pada) = %(tahun)s
), lama as (
	select
		klaim,
		sum(if(ke = 'Dikembalikan', timestampdiff(second, mulai, sampai), 0)) / 86400 as ketua_rt,
		sum(if(ke = 'Dilaporkan', timestampdiff(second, mulai, sampai), 0)) / 86400 as lurah,
		sum(if(ke in ('Diverifikasi Lurah', 'Diverifikasi DPMPPA', 'Ditolak BPJS'), timestampdiff(second, mulai, sampai), 0)) / 86400 as dpmppa,
		sum(if(ke in ('Diajukan ke BPJS', 'Disetujui BPJS'), timestampdiff(second, mulai, sampai), 0)) / 86400 as bpjs
	from babak
	group by klaim
)
select
	date_format(k.dibayar_pada, '%%Y-%%m-01') as wilayah, count(*) as klaim, sum(k.perkiraan_manfaat) as perkiraan_manfaat,
	sum(k.nilai_disetujui) as nilai_disetujui, sum(k.nilai_dibayar) as nilai_dibayar,
	sum(k.nilai_dibayar - k.perkiraan_manfaat) as selisih, sum(k.dibayar_pada <= k.batas_bayar) as tepat_waktu,
	avg(timestampdiff(second, k.waktu_kejadian, k.dilaporkan_pada) / 86400 + lama.ketua_rt + lama.lurah + lama.dpmppa + lama.bpjs) as hari,
	avg(timestampdiff(second, k.waktu_kejadian, k.dilaporkan_pada) / 86400) as hari_lapor,
	avg(lama.ketua_rt) as hari_ketua_rt, avg(lama.lurah) as hari_lurah, avg(lama.dpmppa) as hari_dpmppa, avg(lama.bpjs) as hari_bpjs
from `tabKlaim` k
left join lama on lama.klaim = k.name
where {wilayah} and year(k.dibayar_pada) = %(tahun)s
group by wilayah
order by wilayah
