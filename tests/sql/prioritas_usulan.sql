-- decided usulan of legitimate musyawarah of the year %(tahun)s in {wilayah}
select
	rt.judul as rt, u.peringkat, u.judul, u.kategori, u.perkiraan_biaya, u.suara, u.poin, u.seri,
	m.name as musyawarah, m.tanggal, k.name as kegiatan, coalesce(k.nilai_kegiatan, 0) as nilai_kegiatan,
	case
		when k.name is null then 'Belum Dikerjakan'
		when k.status in ('Berjalan', 'Serah Terima') then 'Dikerjakan'
		when k.status in ('Selesai', 'Dihentikan') then k.status
		else 'Direncanakan'
	end as keadaan
from `tabMusyawarah` m
join `tabUsulan` u on u.parent = m.name and u.keputusan = 'Diputuskan'
join `tabRT` rt on rt.name = m.rt
left join `tabKegiatan` k on k.usulan = u.name and k.status <> 'Ditolak'
where m.status = 'Disahkan' and year(m.tanggal) = %(tahun)s and {wilayah}
order by m.rt, m.tanggal, u.peringkat, u.idx
