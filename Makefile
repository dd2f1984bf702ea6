# Every target sets up what it needs; `make serve` and `make test` work on a fresh machine with only Python 3.11 and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: serve setup check test bench mutants format lock clean

serve: .venv/serve.stamp
	$(BIN)/kast serve --host $(HOST) --port $(PORT)

setup: .venv/dev.stamp .venv/browser.stamp

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/kast check

# One process for each core; a file of tests stays within one, so that what they share (a site, a browser) is made once. The order is
# ours (tests/conftest.py): xdist would begin with the files that hold many tests, and leave the few that take minutes to the end.
test: setup
	$(COMPILE)
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

bench: .venv/dev.stamp
	$(BIN)/python -m tests.bench

# Hours on two cores; `make mutants ONLY='matcher.gates.*'` takes minutes. What it says stands in docs/mutanten.md.
mutants: .venv/dev.stamp
	$(BIN)/mutmut run $(ONLY)
	$(BIN)/mutmut results

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Hashes without any registry host: see the decision in README.
lock:
	$(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip --quiet install uv
	.venv/lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra build -q -o requirements.lock
	.venv/lock/bin/uv pip compile pyproject.toml --extra dev --extra build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements-dev.lock

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis mutants *.egg-info

.venv/bin/python:
	$(PYTHON) -m venv .venv

# The project itself is linked, not copied: what is in the folder is what runs. Linked by its path (compat), which Python looks up for
# nothing; the default link is a module that every start of Python would have to import. Compiled ahead, as pip does for libraries.
LINK := $(PIP) install --no-build-isolation --no-deps --config-settings editable_mode=compat --editable .
COMPILE := $(BIN)/python -m compileall -q kb assessment matcher web

.venv/serve.stamp: .venv/bin/python requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(LINK)
	$(COMPILE)
	touch $@

.venv/dev.stamp: .venv/bin/python requirements-dev.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements-dev.lock
	$(LINK)
	$(COMPILE)
	touch $@ .venv/serve.stamp

.venv/browser.stamp: .venv/dev.stamp
	$(BIN)/python tests/browser/install.py
	touch $@
