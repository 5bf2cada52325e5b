# SPDX-License-Identifier: Apache-2.0
# demo: try Intarsia · test: all that CI runs · dev: reload on change · check: fast static checks
# e2e: browser tests · endurance: kills and bad lines, minutes long · gen: regenerate contract files · bench: speed goals
PORT ?= 8420
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WEB_SOURCES := $(shell find web/src web/index.html web/vite.config.ts -type f 2>/dev/null)
BUNDLE := src/intarsia/server/static/index.html
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: demo test dev check e2e endurance gen bench clean

demo: $(VENV)/demo.stamp $(BUNDLE)
	intarsia demo --port $(PORT)

test: $(VENV)/dev.stamp web/node_modules/.stamp web/openapi/node_modules/.stamp $(BUNDLE)
	scripts/ensure_chromium.sh
	scripts/ensure_firefox.sh
	$(MAKE) check
	cd web && npm test --silent
	INTARSIA_ENDURANCE=short pytest -q -n 2 --dist loadfile tests/core tests/formats tests/review tests/package tests/endurance --ignore tests/endurance/test_killed_browser.py
	pytest -q -n 2 --dist loadfile tests/server tests/imaging tests/sdk tests/demo
	pytest -q tests/cli tests/bench
	pytest -q -n 2 --dist loadfile tests/e2e

check: $(VENV)/dev.stamp web/node_modules/.stamp web/openapi/node_modules/.stamp
	scripts/check.sh

e2e: $(VENV)/dev.stamp $(BUNDLE)
	scripts/ensure_chromium.sh
	scripts/ensure_firefox.sh
	pytest -q tests/e2e

endurance: $(VENV)/dev.stamp web/node_modules/.stamp $(BUNDLE)
	scripts/ensure_chromium.sh
	pytest -q -rP tests/endurance

dev: $(VENV)/dev.stamp web/node_modules/.stamp
	scripts/dev.sh $(PORT)

gen: $(VENV)/dev.stamp web/node_modules/.stamp web/openapi/node_modules/.stamp
	python scripts/gen_contract.py
	python scripts/vectors/gen_vectors.py
	cd web && node tests/core/writeVectors.ts
	cd web/openapi && npm exec --offline -- openapi-typescript ../../contract/openapi.json -o ../src/api/generated/schema.ts

bench: $(VENV)/dev.stamp $(BUNDLE)
	scripts/ensure_chromium.sh
	python -m bench

clean:
	rm -rf $(VENV) build dist web/node_modules web/openapi/node_modules src/intarsia/server/static

$(VENV)/demo.stamp: requirements/demo.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/demo.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python scripts/link_node.py
	touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python scripts/link_node.py
	touch $@ $(VENV)/demo.stamp

web/node_modules/.stamp: web/package-lock.json | $(VENV)/demo.stamp
	cd web && npm ci --no-audit --no-fund --loglevel=error
	touch $@

web/openapi/node_modules/.stamp: web/openapi/package-lock.json | $(VENV)/demo.stamp
	cd web/openapi && npm ci --no-audit --no-fund --loglevel=error
	touch $@

$(BUNDLE): web/node_modules/.stamp $(WEB_SOURCES)
	cd web && npm run --silent build
