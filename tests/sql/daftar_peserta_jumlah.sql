-- how many people of kegiatan whose planned days touch the year %(tahun)s, in {wilayah}, by RT and status
select rt.judul as rt, p.status, count(*) as orang, count(p.surat_keputusan) as ber_sk
from `tabPeserta` p
join `tabKegiatan` k on k.name = p.kegiatan
join `tabRT` rt on rt.name = p.rt
where k.tanggal_mulai <= '%(tahun)s-12-31' and k.tanggal_selesai >= '%(tahun)s-01-01' and {wilayah}
group by rt.name, rt.judul, p.status
order by rt.name, p.status
