# What a newcomer types. `make run` serves the invented county of Wealdshire; `make test` runs everything.

PYTHON3 := $(firstword $(foreach name,python3 python3.11 python3.12 python3.13 python,$(shell command -v $(name) 2>/dev/null)))
PYTHON := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup setup-running run demo test check soak bench coverage screenshots lock

help:
	@echo "make setup   install everything (Python packages, style sheet, the tests' browser)"
	@echo "make run     serve Wealdshire on http://127.0.0.1:8000"
	@echo "make demo    load Wealdshire into ./var without serving it"
	@echo "make test    check, then test on SQLite and PostgreSQL, in a browser, and the built wheel"
	@echo "make check   style, types, import contracts, migrations, the tree"
	@echo "make soak    the long tests"
	@echo "make bench   the measures"

setup setup-running:
	@test -n "$(PYTHON3)" || { echo "Sightline needs Python 3.11 or newer: install it (Debian: apt-get install python3) and try again."; exit 1; }
	@$(PYTHON3) tools/set_up.py --for $(if $(filter setup,$@),testing,running)

demo: setup-running
	@.venv/bin/sightline demo

run: demo
	@.venv/bin/sightline serve

check: setup-running
	@$(PYTHON) tools/check.py

test: setup
	@checked=0; $(PYTHON) tools/check.py || checked=1; $(PYTHON) tools/run_tests.py && exit $$checked

soak: setup
	@SIGHTLINE_SOAK=1 .venv/bin/pytest -m "soak or fuzz or resilience" -v

bench: setup-running
	@$(PYTHON) benchmarks/run.py

coverage: setup
	@.venv/bin/pytest -q --cov --cov-report=term-missing:skip-covered -m "not journey and not packaging and not soak"

screenshots: setup
	@SIGHTLINE_SCREENSHOTS=1 .venv/bin/pytest -q -m journey

# After a change in requirements/*.in. The files name no registry.
lock:
	@for name in run dev; do .venv/bin/uv pip compile -q --universal --no-strip-extras --python-version 3.11 --generate-hashes requirements/$$name.in -o requirements/$$name.txt; done
