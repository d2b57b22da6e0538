"""How long a message waits: longer each time, never longer than allowed, never together, as asked for within reason."""

from hypothesis import given
from hypothesis import strategies as st

from kampung_bahagia.aturan.coba_lagi import TERTUNDA_PALING_LAMA, jeda_coba_lagi

PECAHAN = st.floats(0, 1, exclude_max=True)


def test_the_pause_doubles_up_to_the_longest():
	assert [jeda_coba_lagi(n, 60, 3600, 0) for n in range(1, 9)] == [60, 120, 240, 480, 960, 1920, 3600, 3600]


def test_what_failed_together_does_not_come_back_together():
	assert jeda_coba_lagi(3, 60, 3600, 0.5) == 180


def test_the_service_may_ask_for_more_and_not_for_less():
	assert jeda_coba_lagi(1, 60, 3600, 0, diminta=600) == 600
	assert jeda_coba_lagi(5, 60, 3600, 0, diminta=1) == 960


@given(n=st.integers(1, 10**6), acak=PECAHAN, diminta=st.none() | st.integers(0, 10**12))
def test_no_pause_is_without_end(n, acak, diminta):
	jeda = jeda_coba_lagi(n, 60, 3600, acak, diminta)
	assert 30 <= jeda <= TERTUNDA_PALING_LAMA
