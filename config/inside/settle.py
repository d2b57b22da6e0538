"""Settle a new site: country, language, time zone, currency; nothing that asks hosts outside.

Runs in the environment, in ``sites``; the site is the argument. Running it again changes nothing.
"""

import sys

import frappe
from frappe.desk.page.setup_wizard.setup_wizard import setup_complete

COUNTRY, LANGUAGE, TIME_ZONE, CURRENCY = "Indonesia", "id", "Asia/Jakarta", "IDR"

# Scheduled jobs that ask hosts outside; a closed network fills the error log with them.
OUTSIDE_JOBS = (
	"%check_for_update",
	"%email_account.pull",
	"%dropbox%",
	"%google%",
	"%s3_backup%",
)


def main(site: str) -> None:
	"""Settle this site and commit."""
	frappe.init(site=site)
	frappe.connect()
	try:
		complete_wizard()
		set_regional_defaults()
		stay_inside()
		frappe.db.commit()
		frappe.clear_cache()
	finally:
		frappe.destroy()


def complete_wizard() -> None:
	"""Answer the setup wizard, which would otherwise greet the first user."""
	answer = setup_complete(
		{
			"language": frappe.db.get_value("Language", LANGUAGE, "language_name"),
			"country": COUNTRY,
			"timezone": TIME_ZONE,
			"currency": CURRENCY,
			"enable_telemetry": 0,
		}
	)
	if answer["status"] != "ok":
		raise RuntimeError(f"the setup wizard answered {answer}")


def set_regional_defaults() -> None:
	"""Set what the wizard leaves alone or an earlier version set otherwise."""
	frappe.db.set_value("Currency", CURRENCY, {"enabled": 1, "symbol": "Rp", "number_format": "#.###,##"})
	frappe.db.set_default("currency", CURRENCY)
	settings = frappe.get_single("System Settings")
	settings.update(
		{
			"country": COUNTRY,
			"language": LANGUAGE,
			"time_zone": TIME_ZONE,
			"first_day_of_the_week": "Monday",
			"enable_scheduler": 1,
			"setup_complete": 1,
		}
	)
	settings.save()
	for user in ("Administrator", "Guest"):
		frappe.db.set_value("User", user, {"language": LANGUAGE, "time_zone": TIME_ZONE})
		frappe.defaults.set_user_default("time_zone", TIME_ZONE, user)
	# A guest is greeted in a language that the browser asks for and that is enabled; the programme has one.
	languages = frappe.qb.DocType("Language")
	frappe.qb.update(languages).set(languages.enabled, languages.name == LANGUAGE).run()


def stay_inside() -> None:
	"""Switch off what asks hosts outside, and what invites to the framework's own news."""
	for name in ("disable_system_update_notification", "disable_change_log_notification"):
		frappe.db.set_single_value("System Settings", name, 1)
	for name in ("enable_telemetry", "enable_onboarding"):
		frappe.db.set_single_value("System Settings", name, 0)
	for pattern in OUTSIDE_JOBS:
		for job in frappe.get_all(
			"Scheduled Job Type", {"method": ("like", pattern)}, order_by="name", pluck="name"
		):
			frappe.db.set_value("Scheduled Job Type", job, "stopped", 1)


if __name__ == "__main__":
	main(sys.argv[1])
