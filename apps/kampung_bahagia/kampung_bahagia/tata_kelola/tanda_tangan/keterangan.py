"""What a signature says of itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Keterangan:
	"""Who signs (`nama`, in the office `jabatan`), why (`alasan`: what is decided) and where (`lokasi`)."""

	nama: str
	jabatan: str
	alasan: str
	lokasi: str
