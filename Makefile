# Two commands are enough: `make run` and `make test`.  All else is what they are made of.
# A step leaves a stamp behind, so the next call redoes only what has changed.

PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/stamps
PIP := $(BIN)/pip --quiet --no-input --disable-pip-version-check install
LOCKED := $(PIP) --no-deps --require-hashes --requirement
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix server/frontend --no-update-notifier
FRONTEND := $(shell find server/frontend -name node_modules -prune -o -type f -print)
CATALOGUES := $(wildcard server/translations/*/LC_MESSAGES/messages.po)
UV := 0.13.9

.DELETE_ON_ERROR:
.PHONY: help run test set-up lint tests browser bench messages lock clean
.DEFAULT_GOAL := help

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 18

run: set-up ## serve the demonstration hall on this machine, port 8000 (Ctrl-C stops it)
	@exec $(BIN)/lianban run

test: lint tests ## everything that must hold before a change is taken

set-up: $(STAMPS)/package $(STAMPS)/fonts server/static/dist/manifest.json $(CATALOGUES:.po=.mo)

# ---- checks

lint: $(STAMPS)/dev ## style, types and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

tests: set-up $(STAMPS)/dev browser ## all tests, on both databases and in a browser
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal

browser:
	@command -v chromium || command -v chromium-browser || command -v google-chrome \
		|| tools/debian-packages chromium fonts-noto-cjk

BENCH := engine publish sizes perform processes web rush lists sweep schedulers

bench: set-up $(STAMPS)/dev ## measure against stock SpiffWorkflow: 20 minutes; QUICK=1 a minute or two
	@for program in $(BENCH); do $(BIN)/python -m tests.bench.$$program $(if $(QUICK),--quick) || exit 1; done

# ---- Python

$(STAMPS)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Python 3.11 or later is needed: make PYTHON=/path/to/python' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || tools/debian-packages python3-venv
	$(PYTHON) -m venv --clear .venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/runtime: requirements.lock $(STAMPS)/python
	$(LOCKED) requirements.lock
	@touch $@

$(STAMPS)/package: pyproject.toml $(STAMPS)/runtime
	$(PIP) --no-deps --no-index --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/package
	$(LOCKED) requirements-dev.lock
	@touch $@

# Documents are printed in Chinese.  Without a font for it everything else runs, and the pages say so.
$(STAMPS)/fonts: $(STAMPS)/runtime
	@$(BIN)/python -m workflows.documents.fonts || { tools/debian-packages fonts-noto-cjk \
		&& $(BIN)/python -m workflows.documents.fonts; } && touch $@ \
		|| echo 'No Chinese font: documents cannot be printed until one is installed.' >&2

# ---- the front end: with the Node of this machine, or with one from PyPI where it is too old

NODE_FITS = node -e 'const [a, b] = process.versions.node.split(".").map(Number); \
	process.exit(a === 20 && b >= 19 || a === 22 && b >= 12 || a > 22 ? 0 : 1)' && command -v npm

$(STAMPS)/node: requirements-node.lock $(STAMPS)/python
	@{ $(NODE_FITS); } >/dev/null 2>&1 || $(LOCKED) requirements-node.lock
	@touch $@

server/frontend/node_modules/.package-lock.json: \
		server/frontend/package.json server/frontend/package-lock.json $(STAMPS)/node
	$(NPM) ci
	@touch $@

server/static/dist/manifest.json: $(FRONTEND) server/frontend/node_modules/.package-lock.json
	$(NPM) run build
	@touch $@

# ---- translations

%.mo: %.po $(STAMPS)/runtime
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

messages: $(STAMPS)/dev ## collect new sentences into the English catalogue
	@mkdir -p var
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --output-file var/messages.pot \
		--keyword N_ --keyword lazy_gettext --add-location file --sort-by-file --no-wrap \
		workflows server
	$(BIN)/pybabel --quiet update --input-file var/messages.pot --output-dir server/translations \
		--locale en --init-missing --no-wrap --no-fuzzy-matching --ignore-obsolete \
		--ignore-pot-creation-date

# ---- upkeep

# The pins of pyproject.toml with all they need: for Linux on any machine, with a hash for each
# file, and without addresses, so that every mirror serves.
pins = $(BIN)/python -c 'import tomllib; pyproject = tomllib.load(open("pyproject.toml", "rb")); \
	print(*pyproject$(1), sep="\n")'
COMPILE = .venv/lock/bin/uv --quiet pip compile - --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-annotate --custom-compile-command 'make lock'

lock: $(STAMPS)/python ## write the locks anew from the pins in pyproject.toml
	$(BIN)/python -m venv .venv/lock
	.venv/lock/bin/pip --quiet --disable-pip-version-check install uv==$(UV)
	{ $(call pins,["project"]["dependencies"]); $(call pins,["build-system"]["requires"]); } \
		| $(COMPILE) --output-file requirements.lock
	$(call pins,["project"]["optional-dependencies"]["dev"]) \
		| $(COMPILE) --constraint requirements.lock --output-file requirements-dev.lock
	$(call pins,["project"]["optional-dependencies"]["node"]) \
		| $(COMPILE) --output-file requirements-node.lock

clean: ## remove what was installed and built; the data in var/ stays
	rm -rf .venv build *.egg-info server/static/dist server/frontend/node_modules
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results
	rm -f $(CATALOGUES:.po=.mo)
