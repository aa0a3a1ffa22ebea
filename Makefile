# `make` alone prints what there is. Works with GNU Make 3.81 and newer.

VENV := .venv
BIN := $(VENV)/bin
REAL ?= ../shared/data/real
LABELLED ?= ../shared/data/labelled

# One more than there are cores: tests wait too, for servers and for processes of their own.
WORKERS ?= $$(( $$(getconf _NPROCESSORS_ONLN) + 1 ))

# The first Python that is new enough and can make an environment; `make PYTHON=… demo` chooses.
CANDIDATES := python3.13 python3.12 python3.11 python3
CAPABLE := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
FIND_PYTHON = for name in $(or $(PYTHON),$(CANDIDATES)); do \
	"$$name" -c '$(CAPABLE)' >/dev/null 2>&1 && { command -v "$$name"; break; }; done

PIP = $(BIN)/python -m pip --disable-pip-version-check --no-input
INSTALL = $(PIP) install --require-hashes --only-binary :all:
INSTALL_SELF = $(PIP) install --quiet --no-deps --no-build-isolation --editable .

LOCK = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test long check real coding warehouse golden lock clean

help: ## print these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.demo ## the sample company, from the surveys to Monday's e-mail, in demo/
	$(BIN)/winloss demo $(DEMO)

test: $(VENV)/.test ## every test that CI runs
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_FLAGS)

long: $(VENV)/.test ## what takes many minutes, such as a hundred kills of a run
	$(BIN)/python -m pytest -m long $(PYTEST_FLAGS)

check: $(VENV)/.test ## lint, format, types, SQL and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 2 sql
	$(BIN)/lint-imports --no-logo

real: $(VENV)/.demo ## the whole way on real opportunities and real customers' words, in real/
	@if [ -d "$(REAL)" ]; then $(BIN)/python benchmarks/real.py "$(REAL)" real; \
	else echo "Skipped: there is no $(REAL). Name the folder: make real REAL=…"; fi

coding: $(VENV)/.test ## how well and how fast words are coded, on labelled public sets
	$(BIN)/python benchmarks/coding.py "$(LABELLED)" $(CODING_FLAGS)

warehouse: $(VENV)/.test ## how fast the warehouse is, beside DuckDB and dlt; WAREHOUSE_FLAGS='--sizes 1000000'
	$(BIN)/python benchmarks/warehouse.py $(WAREHOUSE_FLAGS)

golden: $(VENV)/.test ## accept the e-mails as they are now; look at the diff before you commit
	$(BIN)/python -m pytest -k golden --update-golden

lock: $(VENV)/.test ## write both lock files from pyproject.toml; LOCK_FLAGS=--upgrade for newer versions
	echo 'hatchling>=1.27,<2' | $(LOCK) $(LOCK_FLAGS) pyproject.toml - -o requirements.lock
	$(LOCK) $(LOCK_FLAGS) --extra dev --extra semantic --extra crm -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## remove the environment and everything the tools left behind
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# An environment is as new as its stamp: a second run finds it and touches no network.

$(BIN)/python:
	@python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then \
		echo "winloss needs Python 3.11 or newer with its venv module (on Debian: apt install python3-venv)." >&2; \
		echo "If it has another name here: make PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi; \
	echo "Making an environment in $(VENV) with $$python"; \
	"$$python" -m venv --clear $(VENV)

$(VENV)/.demo: requirements.lock pyproject.toml hatch_build.py | $(BIN)/python
	@echo "Installing what winloss needs: a minute or two, once"
	$(INSTALL) --requirement requirements.lock
	$(INSTALL_SELF)
	@touch $@

$(VENV)/.test: requirements-dev.lock $(VENV)/.demo
	@echo "Installing what the tests need, once"
	$(INSTALL) --requirement requirements-dev.lock
	@touch $@
