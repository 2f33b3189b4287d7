# The verbs of this project. `make run` and `make test` work from a fresh clone.
.DEFAULT_GOAL := help
PYTHON ?= python3
PY := .venv/bin/python
UV := .venv/bin/uv
UV_VERSION := 0.13.9
# uv reports missing hashes instead of trusting a file that the lock does not name.
# Compiled once while installing: every start would otherwise compile what it imports.
INSTALL := $(UV) pip install --quiet --compile-bytecode --python $(PY) --constraint constraints.txt
# Tests start many servers and scripts. Where bytecode may not be kept, each compiles all of it.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install run test check bench bench-content bench-import bench-dashboard attack labs automatic matrix audit sbom pictures seed serve format lock content browsers clean

help:  ## what each verb does
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 18

run: .venv/app  ## install, prepare the demo body on first start, serve on http://127.0.0.1:8501
	@$(PY) -m modules serve --prepare

install: .venv/app  ## install only, without a demo

serve: .venv/app  ## serve on http://127.0.0.1:8501 what is in the database
	@$(PY) -m modules serve

test: .venv/dev  ## everything: check, both databases, browser, crash (installs Chromium and PostgreSQL where missing)
	@$(PY) tests/machine.py
	@$(MAKE) --no-print-directory check
	@$(PY) -m pytest -q -n 2 --dist worksteal tests --ignore=tests/unit

check: .venv/dev  ## quick: format, lint, types, import contracts, content, unit tests
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@$(PY) -m modules content check --thorough
	@$(PY) -m pytest -q -n 2 tests/unit

bench: .venv/dev  ## figures with their commands: processor time a rerun, kills, start-up, staff lists, duties
	@$(PY) -m tests.bench
	@$(PY) -m tests.bench_roster
	@$(PY) -m tests.bench_mail
	@$(PY) -m tests.bench_duties
	@$(PY) -m tests.bench_items
	@$(PY) -m tests.bench_regrade

bench-content: .venv/dev  ## how long validation takes: all content, and one module while somebody types
	@$(PY) -m tests.bench_content
bench-import: .venv/dev  ## mutated question files of every format, 100,000 of them: no crash, no hang, nothing written
	@$(PY) -m tests.bench_import --files $(or $(FILES),100000) --seed $(or $(SEED),7)

bench-dashboard: .venv/dev  ## statistics of a million people, cold and warm: make bench-dashboard PEOPLE=1000000
	@$(PY) -m tests.bench_dashboard --people $(or $(PEOPLE),1000000)

attack: .venv/dev  ## all that is shown of 1,000 random bodies, attacked by integer programme; make attack BODIES=100
	@$(PY) -m tests.bench_attack --bodies $(or $(BODIES),1000)

labs: .venv/dev  ## every lab over 200 seeds: right solutions pass, others do not; time and memory
	@$(PY) -m tests.labs --seeds $(or $(SEEDS),200)

automatic: .venv/dev  ## a learner who is right, wrong or at random, 200 times through every module
	@SEEDS=$(or $(SEEDS),200) $(PY) -m pytest -q -n 2 --dist worksteal tests/property/test_automatic_learner.py

matrix: .venv/dev  ## everybody of two bodies at every page, route, command and action: who got in, who did not
	@$(PY) -m tests.matrix

audit: .venv/dev  ## known vulnerabilities of the locked packages (asks the internet), and their licences
	@.venv/bin/pip-audit --strict --require-hashes --disable-pip --requirement constraints.txt --progress-spinner off
	@$(PY) -m tests.licences

sbom: .venv/dev  ## what the program is made of, as CycloneDX, in var/sbom.json
	@$(PY) -m tests.sbom var/sbom.json

pictures: .venv/dev  ## take the pictures of the README again, from the real app
	@$(PY) tests/machine.py
	@$(PY) -m tests.pictures

seed: .venv/app  ## make the database again: make seed PEOPLE=300 SEED=7
	@$(PY) -m modules seed --people $(or $(PEOPLE),300) --seed $(or $(SEED),7)

format: .venv/dev  ## format and mend what can be mended
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

lock: .venv/bin/uv  ## resolve again and write the full lock
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --custom-compile-command "make lock" requirements.txt requirements-dev.txt --output-file constraints.txt

clean:  ## remove the environment and the local database
	rm -rf .venv var

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Steward needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make run PYTHON=python3.11")'
	@echo "Preparing the environment (about 1.6 GB, once) ..."
	@$(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/app: requirements.txt constraints.txt | .venv/bin/uv
	@$(INSTALL) --requirement requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/app
	@$(INSTALL) --requirement requirements-dev.txt
	@touch $@
