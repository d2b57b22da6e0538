"""Create a site with the framework alone. Runs in the environment, in ``sites``; reads JSON on standard input.

The passwords come that way because a command line can be read by every user of the machine.
"""

import inspect
import json
import sys

import frappe
from frappe.installer import _new_site


def main() -> None:
	"""Create the site of standard input: site, db_name, db_password, root_password, administrator, host, port."""
	given = json.load(sys.stdin)
	options = {
		"db_root_username": "root",
		"db_root_password": given["root_password"],
		"admin_password": given["administrator"],
		"db_password": given["db_password"],
		"db_type": "mariadb",
		"install_apps": [],
		"db_host": given["host"],
		"db_port": given["port"],
		"force": True,
	}
	# The database user must be allowed in over TCP; 15.x gave the option another name.
	names = inspect.signature(_new_site).parameters
	if "no_mariadb_socket" in names:
		options["no_mariadb_socket"] = True
	else:
		options["mariadb_user_host_login_scope"] = "%"
	frappe.init(site=given["site"], new_site=True)
	_new_site(given["db_name"], given["site"], **options)


if __name__ == "__main__":
	main()
