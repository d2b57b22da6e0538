-- residents in two kegiatan that share days of the year %(tahun)s, one of the two in {wilayah}; the first %(batas)s
select
	p.nama, p.nik_samar, greatest(k.tanggal_mulai, m.tanggal_mulai) as bersama_mulai,
	least(k.tanggal_selesai, m.tanggal_selesai) as bersama_selesai,
	datediff(least(k.tanggal_selesai, m.tanggal_selesai), greatest(k.tanggal_mulai, m.tanggal_mulai)) + 1 as hari,
	p.kegiatan, k.judul, rt.judul as rt, p.status,
	if({wilayah_lain}, q.kegiatan, null) as kegiatan_lain,
	if({wilayah_lain}, m.judul, 'kegiatan lain') as judul_lain,
	if({wilayah_lain}, rt_lain.judul, null) as rt_lain,
	if({wilayah_lain}, q.status, null) as status_lain
from `tabPeserta` p
join `tabPeserta` q on q.warga = p.warga and q.kegiatan <> p.kegiatan
join `tabKegiatan` k on k.name = p.kegiatan
join `tabKegiatan` m on m.name = q.kegiatan
join `tabRT` rt on rt.name = p.rt
join `tabRT` rt_lain on rt_lain.name = q.rt
where {wilayah} and (p.name < q.name or not {wilayah_lain})
	and k.status not in ('Ditolak', 'Dihentikan') and m.status not in ('Ditolak', 'Dihentikan')
	and k.tanggal_mulai <= m.tanggal_selesai and m.tanggal_mulai <= k.tanggal_selesai
	and greatest(k.tanggal_mulai, m.tanggal_mulai) <= '%(tahun)s-12-31'
	and least(k.tanggal_selesai, m.tanggal_selesai) >= '%(tahun)s-01-01'
order by p.rt, p.nama, p.name, q.name
limit %(batas)s
