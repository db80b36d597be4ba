# Everything a developer does here. GNU make 4, a POSIX shell, Debian's python3.
PYTHON ?= /usr/bin/python3
PORT ?= 8080
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
INPUTS := constraints.txt setup.py
MARKUP := find src profiles -type f
TORTURE ?= 50

.DEFAULT_GOAL := help
.PHONY: help install run test lint format torture bench screenshots translations coverage-table clean

help: ## Say what there is to do
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 23

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3 ..."; exit 1; }
	@echo "Making a virtual environment with $(PYTHON) ..."
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV) \
	  || { echo "Install Debian's python3-venv first."; exit 1; }
	@touch $@

$(VENV)/.tools: $(VENV)/.made constraints.txt
	@$(PIP) install -c constraints.txt pip setuptools wheel
	@touch $@

$(VENV)/.run: $(VENV)/.tools $(INPUTS)
	@echo "Installing Plone and sp.personcert (a minute or two the first time) ..."
	@$(PIP) install --no-build-isolation -c constraints.txt -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run $(INPUTS)
	@echo "Installing what the tests need ..."
	@$(PIP) install --no-build-isolation -c constraints.txt -e '.[test]'
	@touch $@

install: $(VENV)/.test ## Install everything for development

run: $(VENV)/.run ## Serve the demo site at 127.0.0.1:$(PORT)
	@exec $(BIN)/python scripts/serve.py --port $(PORT)

lint: $(VENV)/.test ## Check style, formats and import directions
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo "Run make format."; exit 1; }
	@$(MARKUP) \( -name '*.zcml' \) -print0 | xargs -0 -r $(BIN)/zpretty --check -z
	@$(MARKUP) \( -name '*.xml' \) -print0 | xargs -0 -r $(BIN)/zpretty --check -x
	@$(BIN)/lint-imports --no-cache > $(VENV)/lint-imports.log || { cat $(VENV)/lint-imports.log; exit 1; }
	@$(BIN)/towncrier build --draft --version 0 > $(VENV)/towncrier.log 2>&1 \
	  || { cat $(VENV)/towncrier.log; exit 1; }
	@echo "Style, formats, import directions and changelog: good."

format: $(VENV)/.test ## Rewrite Python, ZCML and XML in the house's format
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@$(MARKUP) \( -name '*.zcml' \) -print0 | xargs -0 -r $(BIN)/zpretty -i -z
	@$(MARKUP) \( -name '*.xml' \) -print0 | xargs -0 -r $(BIN)/zpretty -i -x

test: $(VENV)/.test ## Run the linters, then every test
	@sh scripts/system_tools.sh
	@$(MAKE) --no-print-directory lint
	@SP_TORTURE=$${SP_TORTURE:-1} $(BIN)/python -m pytest -n 2 --no-loadscope-reorder $(ARGS)

torture: $(VENV)/.test ## Repeat the tests of kill, race and conflict many times
	@sh scripts/system_tools.sh
	@SP_TORTURE=$(TORTURE) $(BIN)/python -m pytest -m torture $(ARGS)

bench: $(VENV)/.run ## Measure CPU per request against stock Plone
	@$(BIN)/python scripts/bench.py

screenshots: $(VENV)/.test ## Take pictures of the pages into var/screenshots
	@sh scripts/system_tools.sh
	@$(BIN)/python scripts/screenshots.py

translations: $(VENV)/.run ## Bring the translations in step with the sources
	@$(BIN)/python scripts/update_translations.py

coverage-table: $(VENV)/.made ## Write which tests show which sentences of the handbook
	@$(BIN)/python scripts/handbook_coverage.py

clean: ## Remove all that make has made, with the data of make run
	@rm -rf $(VENV) var parts bin develop-eggs eggs build dist .installed.cfg
	@rm -rf .pytest_cache .ruff_cache .import_linter_cache .grimp_cache .hypothesis
	@find . -type d \( -name __pycache__ -o -name '*.egg-info' \) -prune -exec rm -rf {} +
	@find src -name '*.mo' -delete
