# Every target makes the environment that it needs: .venv, with what `pyproject.toml` asks for
# at the versions that `constraints.txt` names. Nothing else on the machine is touched.

PYTHON ?= python3
BIN := .venv/bin
EXAMPLE := examples/01_nightly_sales

# The version of pyright is pinned like every other; it need not look for a newer one.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo cdk-demo test accept checks ci lint fmt types layers docs synth bench wheel constraints clean

help: ## print this list
	@echo 'make TARGET, where TARGET is one of:'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: .venv/.local ## check and run the first example, on this machine alone
	$(BIN)/gluedsl check $(EXAMPLE)
	$(BIN)/gluedsl run $(EXAMPLE)

cdk-demo: node_modules/.aws-cdk .venv/.cdk ## deploy two examples with the real CDK, on this machine alone
	$(BIN)/python -m tools.cdk_demo

test: .venv/.dev ## run every test
	$(BIN)/pytest -n auto

accept: .venv/.dev ## renew the golden files of the examples, for you to look at
	@test -z "$$CI" || { echo 'a build compares with golden files, it does not write them' >&2; exit 1; }
	GLUEDSL_ACCEPT=1 $(BIN)/pytest -n auto tests/examples

checks: lint types layers ## all that needs no test to run: lint, types, layers

ci: checks test ## what continuous integration runs

lint: .venv/.dev ## style, format and spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/codespell

fmt: .venv/.dev ## mend what lint can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: .venv/.dev ## mypy on the code, pyright on what an author writes
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python

layers: .venv/.dev ## imports point one way
	$(BIN)/lint-imports

docs: .venv/.dev ## write docs/rules from the rules, docs/fidelity.md from the tests
	$(BIN)/python -m tools.generate_rule_pages
	$(BIN)/python -m tools.generate_fidelity

synth: .venv/.dev ## synthesise the CDK application into cdk.out
	CDK_OUTDIR=cdk.out CDK_VALIDATION=false $(BIN)/python -m cdk_app.app

bench: .venv/.dev ## measure how long gluedsl takes, as ratios to a floor
	$(BIN)/python -m benchmarks

wheel: .venv/.dev ## build the wheel into dist
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

constraints: pyproject.toml .venv/.made ## renew constraints.txt: the newest versions that pyproject.toml allows
	rm -rf .venv/newest
	$(BIN)/python -m venv .venv/newest
	.venv/newest/bin/python -m pip install --quiet '.[dev]'
	.venv/newest/bin/python -m pip list --format=freeze --exclude gluedsl --exclude pip --exclude setuptools > constraints.txt
	rm -rf .venv/newest

clean: ## remove what the other targets made
	rm -rf .venv dist cdk.out node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.made:
	@found=$$($(PYTHON) --version 2>&1) || found='not found'; \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	{ echo "gluedsl needs Python 3.11 or newer; $(PYTHON) is: $$found. Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

# Editable, so that a change of the code needs no new installation; a change of what it depends on does.
.venv/.local: pyproject.toml constraints.txt | .venv/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[local]'
	@touch $@

.venv/.cdk: pyproject.toml constraints.txt | .venv/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[cdk,local]'
	@touch $@ .venv/.local

.venv/.dev: pyproject.toml constraints.txt | .venv/.made
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@ .venv/.local .venv/.cdk

# The CDK's command line is a Node program; package.json names its one version.
node_modules/.aws-cdk: package.json
	@command -v node >/dev/null && command -v npm >/dev/null || \
	{ echo "the CDK's command line needs Node.js 20 or newer with npm, which is not here: https://nodejs.org" >&2; exit 1; }
	npm install --no-package-lock --no-audit --no-fund --loglevel=error
	@touch $@
