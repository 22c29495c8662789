# `make` lists what there is. Nothing here runs twice for nothing: .venv/.ready, node_modules/.ready and
# kithdesk/web_assets/.built tell what is still fresh.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

BIN := .venv/bin
PY := $(BIN)/python
PROVE_MINUTES ?= 15
# The suite must pass, and fit its time, on a machine with two cores. One more than that: the longest tests wait for
# processes that start, die or go quiet.
TEST_WORKERS ?= 3
# Tests and stories start the program a hundred times: compiled once, also where containers are told to keep nothing.
export PYTHONDONTWRITEBYTECODE :=

CHECKED := kithdesk $(wildcard bench parts proofs scripts tests) hatch_build.py
TESTED_WORKSPACES := api-client ui widget console
WEB_SOURCES := $(shell find web -name node_modules -prune -o -type f ! -name '*.test.*' -print)

.PHONY: help
help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

# --- Ready to work ---------------------------------------------------------------------------------------------

.PHONY: setup
setup: .venv/.ready node_modules/.ready ## Everything installed, exactly as locked

.venv/.ready: requirements/dev.txt pyproject.toml hatch_build.py
	@python="$$(scripts/need python)"; [ -x $(PY) ] || "$$python" -m venv .venv
	@echo "Installing Python packages: a minute or two, the first time"
	@$(PY) -m pip install --progress-bar off --disable-pip-version-check --require-hashes -r requirements/dev.txt \
		| scripts/progress "$$(grep -c == requirements/dev.txt)"
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.ready: package-lock.json package.json .npmrc $(wildcard web/*/package.json)
	@scripts/need node >/dev/null
	@echo "Installing web packages"
	@npm ci --no-progress --loglevel=error
	@touch $@

kithdesk/web_assets/.built: node_modules/.ready package-lock.json $(WEB_SOURCES)
	@echo "Building widget and console"
	@log="$$(mktemp)"; npm run --silent build >"$$log" 2>&1 || { cat "$$log"; rm "$$log"; exit 1; }; rm "$$log"
	@touch $@

# --- See it run ------------------------------------------------------------------------------------------------

DEMO = $(BIN)/kithdesk demo$(if $(PORT), --port $(PORT))

.PHONY: run
run: setup kithdesk/web_assets/.built ## The demo shop and the console, on this machine; elsewhere than on 8080 with PORT=8090
	@$(DEMO)

.PHONY: dev
dev: setup kithdesk/web_assets/.built ## The same, restarting and rebuilding as files change
	@trap 'kill 0' EXIT; \
	npm run --silent watch & \
	$(PY) -m watchfiles --filter python --sigint-timeout 10 "$(DEMO)" kithdesk

# --- Is it right? ----------------------------------------------------------------------------------------------

.PHONY: check
check: setup check-python check-web check-generated check-deploy ## Format, lint, types, import order, sizes: nothing is run or changed

.PHONY: check-python
check-python: .venv/.ready
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy $(CHECKED)
	$(BIN)/lint-imports --no-logo
	$(BIN)/vulture

.PHONY: check-web
check-web: node_modules/.ready kithdesk/web_assets/.built
	npm run --silent lint
	npm run --silent types
	npm run --silent sizes

.PHONY: check-generated
check-generated: .venv/.ready
	$(PY) -m scripts.generated --check

.PHONY: check-deploy
check-deploy: .venv/.ready
	$(BIN)/kubernetes-validate --strict --quiet $(filter-out %/kustomization.yaml,$(wildcard deploy/kubernetes/*.yaml))
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec deploy/compose/compose.yaml
	$(PY) -m scripts.deployment

.PHONY: generate
generate: .venv/.ready ## Write again what is generated from the Python declarations
	$(PY) -m scripts.generated

.PHONY: format
format: setup ## Format both languages and fix what can be fixed
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format --quiet .
	npm run --silent format

.PHONY: test
test: setup kithdesk/web_assets/.built ## Everything: units, HTTP, stories in a real browser, the wheel
	@scripts/need chromium >/dev/null
	@rm -rf .reports && mkdir -p .reports
	@for workspace in $(TESTED_WORKSPACES); do \
		npm run --silent test -w "web/$$workspace" -- \
			--reporter=default --reporter=junit "--outputFile.junit=../../.reports/$$workspace.xml"; \
	done
	$(PY) -m pytest tests -n $(TEST_WORKERS) -m "not packaging and not long" --junitxml=.reports/python.xml
	$(PY) -m pytest tests/packaging --junitxml=.reports/packaging.xml
	KITHDESK_CHROMIUM="$$(scripts/need chromium)" npm run --silent stories -- \
		--reporter=default --reporter=junit "--outputFile.junit=$(CURDIR)/.reports/stories.xml"

.PHONY: prove
prove: setup kithdesk/web_assets/.built ## Long tests, broken promises, faults and histories: PROVE_MINUTES (15) in all
	$(PY) -m proofs --minutes $(PROVE_MINUTES)

.PHONY: prove-stories
prove-stories: setup kithdesk/web_assets/.built ## Every story against three nodes that restart one after another
	KITHDESK_STORIES=rolling KITHDESK_CHROMIUM="$$(scripts/need chromium)" npm run --silent stories

.PHONY: bench
bench: setup kithdesk/web_assets/.built ## Each line against its floor, in the same run
	$(PY) -m bench

# --- Give it away ----------------------------------------------------------------------------------------------

.PHONY: build
build: setup kithdesk/web_assets/.built ## One wheel in dist/, web assets inside
	@rm -rf dist
	$(BIN)/uv build --quiet --wheel --no-build-isolation --python $(PY) --out-dir dist .
	@ls dist/*.whl

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--custom-compile-command "make lock" --no-emit-index-url

.PHONY: lock
lock: .venv/.ready ## Lock again after a change of pyproject.toml or a package.json; LOCK="--upgrade" moves to newer versions
	$(COMPILE) $(LOCK) pyproject.toml --output-file requirements/runtime.txt
	$(COMPILE) $(LOCK) --group dev --constraint requirements/runtime.txt pyproject.toml --output-file requirements/dev.txt
	npm install --package-lock-only --no-progress

.PHONY: clean
clean: ## Away with everything that was made here, data folders excepted
	rm -rf .venv node_modules web/*/node_modules dist build .reports kithdesk/web_assets kithdesk.egg-info \
		.mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find kithdesk bench parts proofs scripts tests -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
