"""How long a message that could not be delivered waits for its next attempt."""

from __future__ import annotations

TERTUNDA_PALING_LAMA = 6 * 3600  # seconds that a service may ask for: nobody stops our messages for days


def jeda_coba_lagi(percobaan: int, awal: int, terlama: int, acak: float, diminta: int | None = None) -> int:
	"""Seconds until the attempt after the one numbered `percobaan` (from 1).

	`awal` doubles with each attempt up to `terlama`; `acak` in [0, 1) shortens it by up to half, so that messages that
	failed together do not come back together. What the service asked for (`diminta`, seconds) is kept when it is longer,
	up to TERTUNDA_PALING_LAMA.
	"""
	jeda = min(terlama, awal * 2 ** min(percobaan - 1, 32))
	jeda -= int(jeda * acak / 2)
	return max(jeda, min(diminta or 0, TERTUNDA_PALING_LAMA))
