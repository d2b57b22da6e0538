-- claims of accidents in the year %(tahun)s, in {wilayah}, at the hour %(sekarang)s
with babak as (
	select
		j.rujukan_nama as klaim, j.ke, j.waktu,
		ifnull(lead(j.waktu) over (partition by j.rujukan_nama order by j.urutan), %(sekarang)s) as sampai
	from `tabJejak Keputusan` j
	join `tabKlaim` k on k.name = j.rujukan_nama
	where j.rujukan_doctype = 'Klaim' and {wilayah} and year(k.waktu_kejadian) = %(tahun)s
), lama as (
	select
		klaim, max(waktu) as terakhir,
		sum(if(ke = 'Dikembalikan', timestampdiff(second, waktu, sampai), 0)) as ketua_rt,
		sum(if(ke = 'Dilaporkan', timestampdiff(second, waktu, sampai), 0)) as lurah,
		sum(if(ke in ('Diverifikasi Lurah', 'Diverifikasi DPMPPA', 'Ditolak BPJS', 'Dibayar'), timestampdiff(second, waktu, sampai), 0)) as dpmppa,
		sum(if(ke in ('Diajukan ke BPJS', 'Disetujui BPJS'), timestampdiff(second, waktu, sampai), 0)) as bpjs
	from babak
	group by klaim
)
select
	k.status, k.name as klaim, k.nama, p.nik_samar, k.jenis, rt.judul as nama_rt, kel.nama as kelurahan,
	date(k.waktu_kejadian) as kejadian,
	datediff(if(k.status in ('Ditutup', 'Ditarik'), lama.terakhir, %(sekarang)s), k.waktu_kejadian) as usia,
	timestampdiff(second, k.waktu_kejadian, k.dilaporkan_pada) / 86400 as hari_lapor,
	lama.ketua_rt / 86400 as hari_ketua_rt, lama.lurah / 86400 as hari_lurah, lama.dpmppa / 86400 as hari_dpmppa,
	lama.bpjs / 86400 as hari_bpjs,
	k.perkiraan_manfaat, k.nilai_disetujui, k.nilai_dibayar,
	if(k.dibayar_pada is null, 0, k.nilai_dibayar - k.perkiraan_manfaat) as selisih,
	case
		when k.batas_tahap_satu is null then null
		when k.terlambat = 1 then 'Terlambat'
		when k.tahap_satu_pada is not null then 'Tepat Waktu'
		when k.status in ('Ditutup', 'Ditarik') then null
		else if(k.batas_tahap_satu < %(sekarang)s, 'Terlambat', 'Berjalan')
	end as tahap_satu,
	case
		when k.batas_tahap_dua is null then null
		when k.terlambat_tahap_dua = 1 then 'Terlambat'
		when k.diajukan_pada is not null then 'Tepat Waktu'
		when exists (select 1 from `tabLaporan Tahap` l where l.parent = k.name and l.tahap = 'II') then 'Tepat Waktu'
		when k.status in ('Ditutup', 'Ditarik') then null
		else if(k.batas_tahap_dua < %(sekarang)s, 'Terlambat', 'Berjalan')
	end as tahap_dua,
	case
		when k.batas_bayar is null then null
		when k.dibayar_pada is not null then if(k.dibayar_pada > k.batas_bayar, 'Terlambat', 'Tepat Waktu')
		when k.status in ('Ditutup', 'Ditarik') then null
		else if(k.batas_bayar < date(%(sekarang)s), 'Terlambat', 'Berjalan')
	end as pembayaran
from `tabKlaim` k
join `tabPeserta` p on p.name = k.peserta
join `tabRT` rt on rt.name = k.rt
join `tabKelurahan` kel on kel.name = k.kelurahan
left join lama on lama.klaim = k.name
where {wilayah} and year(k.waktu_kejadian) = %(tahun)s
order by k.waktu_kejadian, k.name
