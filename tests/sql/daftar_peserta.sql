-- people of kegiatan whose planned days touch the year %(tahun)s, in {wilayah}; the first %(batas)s of them
select
	p.nama, p.nik_samar, p.status, p.kegiatan, k.judul, rt.judul as rt, p.tugas, p.usia,
	k.tanggal_mulai, k.tanggal_selesai, sk.nomor as nomor_sk,
	if(sk.name is null, 'Belum Ada SK', if(sk.dokumen_resmi is null, 'Belum Ditandatangani', 'Ditandatangani'))
		as keadaan_sk,
	(select d.berlaku_sampai from `tabPendaftaran BPJS` d
		where d.name = k.pendaftaran and d.status = 'Bersertifikat') as terlindungi_sampai,
	p.catatan_usia
from `tabPeserta` p
join `tabKegiatan` k on k.name = p.kegiatan
join `tabRT` rt on rt.name = p.rt
left join `tabSurat Keputusan` sk on sk.name = p.surat_keputusan
where k.tanggal_mulai <= '%(tahun)s-12-31' and k.tanggal_selesai >= '%(tahun)s-01-01' and {wilayah}
order by p.rt, p.kegiatan, p.nama, p.name
limit %(batas)s
