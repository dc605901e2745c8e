# Everything sets itself up: a checkout, Python 3.10 or later, a C compiler and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo page pictures test laws lint format soak hostile kills lowest newest bench golden clean

help:
	@echo "make demo    install into .venv and assess an example"
	@echo "make page    build the frame of the page for a browser; needs Node.js and npm"
	@echo "make pictures  let that page draw the pictures of docs/classroom.md anew; needs Chromium too"
	@echo "make test    install with the test tools, lint, type-check, run the whole suite"
	@echo "make laws    the random laws alone, with ten times their examples"
	@echo "make format  write code and YAML in their one form"
	@echo "make soak    100,000 subjects through both engines, a million through columns, a thousand tables"
	@echo "make hostile 100,000 hostile inputs of every kind, about an hour; HOSTILE=... takes its options"
	@echo "make kills   200 runs killed at any moment, 200 that meet at one output, and signals; half an hour"
	@echo "make lowest  the core of the suite on the lowest versions that pyproject.toml allows"
	@echo "make newest  the same on the newest there are; both in environments of their own, in build/"
	@echo "make bench   measure start-up, one assessment, alarms in well adults, entry, interviews, tables, what-if; some minutes"
	@echo "make golden  write the generated files and golden tests anew; look at the diff"

$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/test-installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	touch $@ $(VENV)/installed

$(VENV)/bench-installed: $(VENV)/test-installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[all]"
	touch $@

demo: $(VENV)/installed
	$(BIN)/minsight check "always tired" "pale skin" "craving ice" "spoon-shaped nails" \
	  --absent "hair loss" --group vegetarian --age 28 --sex female

# Python for browsers comes from npm and PyPI, once; `minsight page` puts the rules in.
page: $(VENV)/installed
	$(BIN)/python web/frame/build.py

# The drawings of docs/classroom.md, by the page itself.
pictures: page build/page-tests/installed
	$(BIN)/python -m minsight_cli page --force --output build/minsight.html
	node tests/page/pictures.mjs "$$(command -v chromium || command -v chromium-browser)" \
	  "$(CURDIR)/build/page-tests" build/minsight.html docs/pictures

lint: $(VENV)/test-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tests/support/format_yaml.py --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/test-installed
	$(BIN)/ruff format .
	$(BIN)/python tests/support/format_yaml.py

# Where there are Node.js and Chromium the page is tested in it; elsewhere the run says
# that it is not.
ifneq ($(and $(shell command -v npm),$(shell command -v chromium chromium-browser)),)
BROWSER := page build/page-tests/installed
endif

build/page-tests/installed: tests/page/package.json
	mkdir -p build/page-tests
	cp tests/page/package.json build/page-tests/
	cd build/page-tests && npm install --no-audit --no-fund --silent
	touch $@

# A test that waits for ever fails and says where, instead of holding up the others.
test: lint $(BROWSER)
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadgroup --timeout=1200

laws: $(VENV)/test-installed
	MINSIGHT_EXAMPLES=10 $(BIN)/python -m pytest --numprocesses=auto --dist=loadgroup -m hypothesis

soak: $(VENV)/test-installed
	$(BIN)/python benchmarks/soak.py --subjects 100000
	$(BIN)/python benchmarks/soak.py --subjects 1000000 --engine-pairs reference:columnar
	$(BIN)/python benchmarks/soak_tables.py --calls 1000

hostile: $(VENV)/test-installed
	PYTHONPATH=tests:tests/support $(BIN)/python -m hostile $(HOSTILE)

# What leans on other packages most: units, formats, the entry point, one law.
CORE := tests/test_api.py tests/compiler/test_units.py tests/cli/test_explain.py \
  tests/cli/test_screen_tables.py tests/cli/test_whatif.py \
  tests/screening/sources/test_tables.py tests/screening/sinks/test_tables.py \
  tests/laws/test_laws.py::test_the_order_of_input_changes_nothing
EXTRAS := excel,explore,fhir,mcp,report,sas,web,zstd
kills: $(VENV)/test-installed
	$(BIN)/python benchmarks/kills.py
	$(BIN)/python benchmarks/stopping.py

lowest: RESOLUTION := lowest-direct
newest: RESOLUTION := highest

# Old packages beside new ones warn of what will go one day; that is no fault of theirs.
lowest newest: build/uv/installed
	build/uv/bin/uv venv --quiet --clear --python $(PYTHON) build/$@
	build/uv/bin/uv pip install --quiet --python build/$@ --resolution $(RESOLUTION) \
	  --editable ".[$(EXTRAS)]" "hypothesis>=6.100" "pandas>=2.2" "pytest>=8.2"
	build/$@/bin/python -m pytest -W ignore::DeprecationWarning -p no:cacheprovider $(CORE)

build/uv/installed:
	$(PYTHON) -m venv build/uv
	build/uv/bin/python -m pip install --quiet --disable-pip-version-check uv
	touch $@

bench: $(VENV)/bench-installed
	$(BIN)/python benchmarks/run.py

golden: $(VENV)/test-installed
	$(BIN)/python tests/support/write_golden.py

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
