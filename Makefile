# One environment in .venv, made by the standard library's venv and pip from hash-pinned locks.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: install demo up test lint unit simulation simulate fuzz integration bench lock clean

install: $(STAMP)

$(STAMP): requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	@echo "installing into $(VENV) (once; about half a minute)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --quiet --require-hashes -r requirements-dev.lock
	@touch $(STAMP)

demo: install          ## run the main job once, print what happened, leave nothing running
	@$(BIN)/python -m deploy.local demo

up: install            ## the same stack, kept running until Ctrl-C
	@$(BIN)/python -m deploy.local up

test: lint unit simulation integration

lint: install
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

unit: install          ## seconds, no sockets
	@$(BIN)/python -m pytest tests/unit -q

simulation: install    ## a thousand seeds of the group on a virtual clock, a minute or two
	@$(BIN)/python -m pytest tests/simulation -q

simulate: install      ## ten thousand seeds
	@$(BIN)/python -m tests.simulation --seeds 10000

fuzz: install          ## a million mutated inputs for everything that reads bytes from outside
	@$(BIN)/python -m tests.fuzz

integration: install   ## real Kafka, real Elasticsearch
	@$(BIN)/python -m pytest tests/integration -q

bench: install         ## ratios beside references, on the real servers
	@$(BIN)/python -m tests.bench

lock:                  ## needs uv; writes hash-pinned locks without addresses
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.lock -q
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --extra local --extra dev -o requirements-dev.lock -q

clean:
	rm -rf $(VENV) .local .mypy_cache .ruff_cache .pytest_cache .hypothesis
