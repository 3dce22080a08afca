# One environment in .venv, made by the standard library's venv and pip from hash-pinned locks.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PEERS := $(VENV)/.installed-peers
NATIVE := build/.redaction

.PHONY: install demo up test lint unit coverage simulation simulate fuzz integration chaos chaos-short bench bench-redaction lock clean

install: $(STAMP) $(NATIVE)

$(STAMP): requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	@echo "installing into $(VENV) (once; about half a minute)"
	@test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) # an install that was interrupted has a Python without pip
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --quiet --require-hashes -r requirements-dev.lock
	@touch $(STAMP)

$(NATIVE): $(STAMP) deploy/compile.py $(wildcard consumer/redaction/*.py)
	@echo "compiling redaction (about a minute; without a C compiler it runs as it stands)"
	@mkdir -p $(@D)
	@$(BIN)/python -m deploy.compile && touch $@ || true

demo: install          ## run the main job once, print what happened, leave nothing running
	@$(BIN)/python -m deploy.local demo

up: install            ## the same stack, kept running until Ctrl-C
	@$(BIN)/python -m deploy.local up

test: lint unit simulation integration chaos-short

lint: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

unit: $(STAMP)         ## seconds, no sockets; redaction as it stands
	@$(BIN)/python -m pytest tests/unit -q

simulation: install    ## a thousand seeds of the group on a virtual clock, a minute or two
	@$(BIN)/python -m pytest tests/simulation -q

simulate: install      ## ten thousand seeds
	@$(BIN)/python -m tests.simulation --seeds 10000

fuzz: install          ## a million mutated inputs for everything that reads bytes from outside
	@$(BIN)/python -m tests.fuzz

coverage: $(STAMP)     ## every branch of redaction is taken by a unit test
	@$(BIN)/python -m pytest tests/unit/redaction tests/unit/test_redact*.py -q --cov=consumer.redaction --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=100

integration: install   ## real Kafka, real Elasticsearch
	@$(BIN)/python -m pytest tests/integration -q

chaos-short: install   ## two short schedules of faults on the real servers
	@$(BIN)/python -m pytest tests/chaos -q

chaos: install         ## twenty schedules of two minutes, with one broker and with three; reports in .local/chaos
	@$(BIN)/python -m tests.chaos --seed 1 --schedules 12 --brokers 1; one=$$?; \
	$(BIN)/python -m tests.chaos --seed 101 --schedules 8 --brokers 3 && exit $$one

bench: install         ## ratios beside references, on the real servers
	@$(BIN)/python -m tests.bench

bench-redaction: $(PEERS) $(NATIVE)  ## what is hidden, what leaks, what is hidden for nothing, per set and type, beside the peers
	@$(BIN)/python -m tests.bench.redaction

$(PEERS): $(STAMP) requirements-bench.lock
	@echo "installing Presidio and scrubadub into $(VENV) (once; half a minute, 600 MB)"
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --quiet --require-hashes -r requirements-bench.lock
	@touch $(PEERS)

lock:                  ## needs uv; writes hash-pinned locks without addresses
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --no-header pyproject.toml -o requirements.lock -q
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --no-header pyproject.toml --extra native -o requirements-native.lock -q
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --no-header pyproject.toml --extra local --extra dev -o requirements-dev.lock -q
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-annotate --no-header pyproject.toml --extra local --extra dev --extra bench --constraint requirements-dev.lock -o requirements-bench.lock -q

clean:
	rm -rf $(VENV) build .local .mypy_cache .ruff_cache .pytest_cache .hypothesis
