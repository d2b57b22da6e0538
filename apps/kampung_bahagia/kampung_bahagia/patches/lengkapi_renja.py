"""A legitimate plan that turned out wrong is replaced."""

from kampung_bahagia.setup.catatan import lengkapi_alur


def execute() -> None:
	lengkapi_alur("Renja", [("Disahkan", "Ganti")])
