-- per RT in {wilayah}: the musyawarah of the year %(tahun)s at the moment %(kini)s
select
	rt.judul as rt,
	count(m.name) as musyawarah,
	coalesce(sum(m.status <> 'Ditunda' and m.tanggal <= %(kini)s), 0) as terlaksana,
	coalesce(sum(m.status <> 'Ditunda' and m.tanggal <= %(kini)s and m.kuorum_tercapai), 0) as kuorum,
	coalesce(sum(m.status = 'Disahkan'), 0) as disahkan,
	coalesce(sum(m.status = 'Ditunda'), 0) as ditunda,
	coalesce(sum(m.status <> 'Ditunda' and m.tanggal <= %(kini)s and ifnull(m.berita_acara, '') = ''), 0)
		as tanpa_berita_acara,
	coalesce(sum(m.status = 'Disahkan') / sum(m.status <> 'Ditunda' and m.tanggal <= %(kini)s) * 100, 0) as persen,
	avg(datediff(j.waktu, m.tanggal)) as rata_hari
from `tabRT` rt
left join `tabMusyawarah` m
	on m.rt = rt.name and m.status <> 'Dibatalkan' and year(m.tanggal) = %(tahun)s
left join `tabJejak Keputusan` j
	on j.rujukan_nama = m.name and j.rujukan_doctype = 'Musyawarah' and j.aksi = 'Sahkan'
where {wilayah}
group by rt.name, rt.judul
order by rt.name
