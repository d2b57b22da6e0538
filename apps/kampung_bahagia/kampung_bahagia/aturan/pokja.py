"""Who must be in an RT's working group (Pokja) before it plans a kegiatan."""

from collections.abc import Iterable, Sequence


def kekurangan_pokja(anggota: Iterable[tuple[str, str | None]], syarat: Sequence[str]) -> list[str]:
	"""Requirements that nobody in the Pokja meets.

	`anggota` are pairs of office and element (unsur, may be empty); a requirement names one of either, or several with
	a stroke between them of which one suffices: "Tokoh Agama/Tokoh Masyarakat". One person may meet several.
	"""
	ada = {kata for satu in anggota for kata in satu if kata}
	return [satu for satu in syarat if not ada & set(pilihan_syarat(satu))]


def pilihan_syarat(syarat: str) -> list[str]:
	"""The offices or elements of which one meets the requirement."""
	return [kata.strip() for kata in syarat.split("/") if kata.strip()]
