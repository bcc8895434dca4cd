# Every target sets itself up from a bare python3 (3.11 or newer): uv and .venv first, then what it needs.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
WORKERS ?= 50000
NATION ?= 5000000
PORT ?= 8000
JOBS ?= 2

.PHONY: demo nation test proof bench lint clean docs setup needs

demo: .venv/ready             ## a living region: people, employers, sponsors, cards; ends with the portal running (Ctrl-C stops it)
	$(BIN)/jamsostek demo --workers $(WORKERS) $(if $(EMPLOYERS),--employers $(EMPLOYERS)) --port $(PORT)

nation: .venv/ready           ## the law's main job: a workbook's bill explained, the month of a synthetic nation, a claim, a pension
	$(BIN)/jamsostek nation --workers $(NATION)

test: .venv/ready-test needs lint  ## everything, at a size that still finds a planted fault
	$(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

proof: .venv/ready-bench needs     ## the same tests at full size
	JAMSOSTEK_PROOF=1 $(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder -rA

needs:                        ## what tests use of the system: Chromium, LibreOffice, a second PostgreSQL
	@tools/install_test_needs.sh

bench: .venv/ready-bench      ## benchmarks as a Markdown table, ratios in one run
	$(BIN)/python -m benchmarks

lint: .venv/ready-test      ## types are checked against what tests install too
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: .venv/ready             ## the reference pages of the law and of the API, made from what they describe
	$(BIN)/python tools/law_reference.py
	$(BIN)/python tools/openapi.py

setup: .venv/ready

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Perlu Python 3.11 atau lebih baru / needs Python 3.11 or newer (PYTHON=...)"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "python3 tanpa modul venv: pasang paket python3-venv / install the package python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

.venv/ready: pyproject.toml uv.lock | .venv/bin/uv
	$(UV) sync --frozen --inexact --quiet
	@touch $@

.venv/ready-test: .venv/ready
	$(UV) sync --frozen --inexact --quiet --extra spark --extra scan
	@touch $@

.venv/ready-bench: .venv/ready
	$(UV) sync --frozen --inexact --quiet --extra spark --extra scan --group bench
	@touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .hypothesis var build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
