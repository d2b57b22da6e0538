"""The bench's own MariaDB: data, socket, port and configuration below ``var/mariadb``."""

import os
import shutil
from pathlib import Path

from rig import credentials, fingerprint, ports
from rig.paths import LOG, VAR, write_private
from rig.processes import Service
from rig.step import run, step

FOLDER = VAR / "mariadb"
DATA = FOLDER / "data"
SERVER_CONF = FOLDER / "server.cnf"
CLIENT_CONF = FOLDER / "client.cnf"
FIRST_SQL = FOLDER / "first.sql"

# InnoDB's defaults lose nothing on a crash; they are written down so that nobody has to look them up.
SERVER = """\
[mariadbd]
datadir = {data}
socket = mariadbd.sock
pid-file = {folder}/mariadbd.pid
log-error = {log}
tmpdir = {folder}/tmp
bind-address = 127.0.0.1
port = {port}
skip-name-resolve
init-file = {first}
character-set-server = utf8mb4
collation-server = utf8mb4_unicode_ci
innodb_flush_log_at_trx_commit = 1
innodb_buffer_pool_size = 512M
innodb_log_file_size = 256M
max_allowed_packet = 256M
max_connections = 200
{user}
"""
# Runs at every start: the root password is set even when the first start was cut off.
FIRST = """\
ALTER USER root@localhost IDENTIFIED BY '{password}';
CREATE USER IF NOT EXISTS root@'127.0.0.1' IDENTIFIED BY '{password}';
ALTER USER root@'127.0.0.1' IDENTIFIED BY '{password}';
GRANT ALL PRIVILEGES ON *.* TO root@'127.0.0.1' WITH GRANT OPTION;
DROP USER IF EXISTS ''@localhost;
"""
CLIENT = """\
[client]
host = 127.0.0.1
port = {port}
user = root
password = {password}
default-character-set = utf8mb4
"""


def prepare(port: int) -> None:
	"""Write the configuration and, once, make the data directory."""
	(FOLDER / "tmp").mkdir(parents=True, exist_ok=True)
	password = credentials.load()["mariadb_root"]
	write_private(
		SERVER_CONF,
		SERVER.format(
			data=DATA,
			folder=FOLDER,
			log=LOG / "mariadb.log",
			port=port,
			first=FIRST_SQL,
			user="user = root" if os.geteuid() == 0 else "",
		),
	)
	write_private(FIRST_SQL, FIRST.format(password=password))
	write_private(CLIENT_CONF, CLIENT.format(port=port, password=password))
	if not DATA.is_dir():
		with step("Database directory"):
			_make_data()


def _make_data() -> None:
	for left in FOLDER.glob("new-data-*"):
		shutil.rmtree(left)
	# of its own name: what a killed run started may still be writing for a moment
	new = FOLDER / f"new-data-{os.getpid()}"
	run(
		[
			"mariadb-install-db",
			"--no-defaults",
			f"--datadir={new}",
			"--skip-test-db",
			"--auth-root-authentication-method=normal",
			*(["--user=root"] if os.geteuid() == 0 else []),
		],
		what="Making the database directory",
	)
	new.rename(DATA)


def service(port: int) -> Service:
	"""Return the database server as a background service."""
	program = shutil.which("mariadbd", path=os.environ.get("PATH", "") + ":/usr/sbin") or "mariadbd"
	return Service(
		"mariadb",
		[program, f"--defaults-file={SERVER_CONF}"],
		ready=lambda: ports.answers(port),
		stamp=fingerprint.of(SERVER_CONF),
	)


def sql(statement: str, database: str = "") -> str:
	"""Run SQL as the server's root; return the rows as text, tab-separated, without a heading."""
	client = ["mariadb", f"--defaults-file={CLIENT_CONF}", "-N", "-B"]
	return run([*client, *([database] if database else [])], what="MariaDB", text=statement)


def dump(database: str, file: Path) -> None:
	"""Write a database as SQL to a file, as of one moment, whole or not at all."""
	new = file.with_name(file.name + ".new")
	run(
		[
			"mariadb-dump",
			f"--defaults-file={CLIENT_CONF}",
			"--single-transaction",
			"--routines",
			f"--result-file={new}",
			database,
		],
		what=f"Dumping {database}",
	)
	new.replace(file)


def create_from_dump(database: str, password: str, file: Path) -> None:
	"""Make a database, and its user of the same name, out of a dump; what had this name is dropped."""
	drop(database)
	sql(
		f"CREATE DATABASE `{database}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;"
		f"CREATE USER '{database}'@'%' IDENTIFIED BY '{password}';"
		f"GRANT ALL PRIVILEGES ON `{database}`.* TO '{database}'@'%';"
	)
	sql(f"SET SESSION unique_checks=0, foreign_key_checks=0; SOURCE {file};", database)


def drop(database: str) -> None:
	"""Drop a database and its user, if they exist."""
	sql(f"DROP DATABASE IF EXISTS `{database}`; DROP USER IF EXISTS '{database}'@'%';")
