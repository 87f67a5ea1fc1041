# Nothing but Python 3.11+, make and git is needed: every target does its own set-up in .venv, and says so.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test torture check bench pictures lock clean

help: ## Say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

run: .venv/.ready ## Open the demo desk: a made-up world, thrown away when you quit
	@$(BIN)/stylistdesk demo

test: .venv/.ready-dev ## Pass every test
	@echo "Running every test (two at a time) ..."
	@$(BIN)/python -m pytest -n 2

torture: .venv/.ready-dev ## Try for an hour or two to break what must never break
	@echo "Killing, tearing, flipping and fuzzing, and taking each guard out (two at a time) ..."
	@TORTURE=1 $(BIN)/python -m pytest -n 2 --dist worksteal --timeout=0 tests/faults tests/db tests/commands tests/queries tests/domain \
		tests/exchange tests/test_filling.py tests/ui/test_every_action.py tests/ui/test_going_wrong.py \
		tests/ui/test_hostile_text.py

check: .venv/.ready-dev ## Look at the code: ruff, mypy --strict, who imports whom
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: .venv/.ready-dev ## Measure the speed, as ratios to floors of the same run
	@$(BIN)/python -m tests.benchmarks

pictures: .venv/.ready-dev ## Draw the pictures of docs/ and of the tests anew
	@$(BIN)/python -m tests.pictures
	@$(BIN)/python -m pytest -n 2 tests/snapshots --snapshot-update

lock: .venv/.ready-dev ## Choose the versions of the lock files anew (needs uv)
	@for n in requirements requirements-build requirements-dev; do uv pip compile --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --no-header -q --upgrade $$n.in -o $$n.lock; done

clean: ## Take away what the other targets made
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache build dist

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: install it, or say make PYTHON=/where/it/is"; exit 1; }
	@echo "Making .venv with $(PYTHON) ..."
	@$(PYTHON) -m venv .venv

.venv/.ready: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Installing what stylistdesk runs on (about a minute, once) ..."
	@$(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	@$(MAKE) -s .venv/.self
	@touch $@

.venv/.ready-dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	@echo "Installing what stylistdesk and its tests run on (about a minute, once) ..."
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
	@$(MAKE) -s .venv/.self
	@touch $@

# The build tool comes locked too, so that nothing is fetched unlocked.
.venv/.self: pyproject.toml
	@$(BIN)/python -m pip install -q --require-hashes -r requirements-build.lock
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@
