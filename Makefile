# Everything is done by the programs in config/; this file only calls them.

# Debian's own Python before one that happens to come first on PATH
PYTHON := $(or $(wildcard /usr/bin/python3.11),$(shell command -v python3.11 || command -v python3))
RIG = $(or $(PYTHON),$(error ✗ Python 3.11 is needed. On Debian 12: apt-get install python3)) config/rig

.PHONY: help start stop status logs clean test access check journey bench openapi fuzz lock

help:
	@echo "start    stand the bench up and print how to sign in"
	@echo "stop     end what start started        status  what runs        logs  follow the logs"
	@echo "test     set up, then run every test   check   format and syntax of all sources"
	@echo "access   try every office at every door, and write var/access.json"
	@echo "journey  one activity from residents to a paid claim and an accepted account, over HTTP"
	@echo "openapi  write the description of the API, var/openapi.json"
	@echo "fuzz     try every door of the API as each office (FUZZ=50: examples for each door)"
	@echo "bench    measure against the framework (ONLY=izin: a part)"
	@echo "clean    end everything and remove all that was generated, data included"

start stop status logs clean check:
	@$(RIG) $@

test:
	@$(RIG) setup-with-tests
	@env/bin/pytest -n 2 --dist loadfile

# minutes: some 180,000 cells
access:
	@$(RIG) setup-with-tests
	@env/bin/pytest -n 2 --dist loadfile tests/akses

journey: start
	@env/bin/python tests/perjalanan/journey.py

bench: start
	@env/bin/python tests/kinerja/bench.py $(ONLY)

openapi: start
	@env/bin/bench --site kampung.localhost execute kampung_bahagia.tata_kelola.openapi.dokumen > var/openapi.json
	@echo var/openapi.json

# half an hour
fuzz:
	@$(RIG) setup-with-tests
	@FUZZ=$(or $(FUZZ),50) env/bin/pytest -n 0 tests/situs/test_fuzz.py

# after a change of config/requirements.in
lock:
	@env/bin/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header config/requirements.in --output-file config/requirements.lock
