# `make demo` shows the tool and `make test` proves it; each sets up .venv first where it has to.
# Set-up runs again only when pyproject.toml or constraints.txt changed, so the network is needed once.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test oldest coverage bench fuzz browser stories constraints clean compiled

# Compiled modules are what makes the tool start fast.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_ROOT_USER_ACTION = ignore

bin := .venv/bin
bin_oldest := .venv-oldest/bin
pip := $(bin)/python -m pip install --quiet --no-build-isolation --constraint constraints.txt
export PYTHON ?=

help: ## list the targets
	@sed -n 's/^\([a-z]*\):[^#]*## /make \1	/p' Makefile | expand -t 20

demo: .venv/demo compiled ## the Kakao outage of October 2022, from clone to table
	@$(bin)/outage report timelines/2022-10-15-kakao.yaml

test: .venv/test compiled ## ruff, mypy, import-linter and pytest; all must pass
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports --no-logo
	$(bin)/python -m pytest --numprocesses auto --dist worksteal

oldest: ## the tests on the oldest dependencies that pyproject.toml allows
	@$(find_python); rm -rf .venv-oldest; "$$python" -m venv .venv-oldest
	@$(bin_oldest)/python .ci/oldest.py > .venv-oldest/constraints.txt
	$(bin_oldest)/python -m pip install --quiet --constraint .venv-oldest/constraints.txt --editable '.[dev]'
	$(bin_oldest)/python -m pytest --numprocesses auto --dist worksteal

coverage: .venv/test compiled ## the tests with branch coverage, which must not fall below `fail_under`
	@$(bin)/python -m coverage erase
	$(bin)/python -m coverage run -m pytest --numprocesses auto --dist worksteal
	@$(bin)/python -m coverage combine --quiet
	$(bin)/python -m coverage report

bench: .venv/test compiled ## the budgets, measured side by side
	@$(bin)/python benchmarks/bench.py $(ONLY)

fuzz: .venv/test compiled ## a minute of mutated times; FOR=600 is ten
	@$(bin)/python fuzz/times.py $(FOR)

browser: .venv/test compiled .browser/ready ## open the pages in Chromium, if there is one; SHOTS=folder keeps pictures
	@$(bin)/python -m pytest -p no:cacheprovider browser

# What looks at the pages there, an accessibility checker and Mermaid, is fetched once, with npm.
.browser/ready: browser/packages.txt
	@mkdir -p .browser
	@if command -v npm >/dev/null; then \
	    echo 'Fetching axe-core and mermaid into .browser …'; \
	    for each in $$(cat browser/packages.txt); do \
	        (cd .browser && npm pack --silent "$$each" 2>/dev/null | xargs -n 1 tar xzf) && \
	        rm -rf ".browser/$${each%@*}" && mv .browser/package ".browser/$${each%@*}"; \
	    done; rm -f .browser/*.tgz; touch $@; \
	else echo 'There is no npm here: accessibility and Mermaid go unchecked.'; fi

stories: .venv/test compiled ## rewrite the screens in README, CONTRIBUTING and docs, tables of figures and schemas
	@UPDATE_STORIES=1 $(bin)/python -m pytest -q --numprocesses auto --dist worksteal \
	    tests/test_stories.py tests/test_readme.py tests/test_recipes.py tests/test_catalogue.py

constraints: ## pin the newest dependencies that pyproject.toml allows
	@rm -rf .venv-newest
	@$(find_python); "$$python" -m venv .venv-newest
	.venv-newest/bin/python -m pip install --quiet --editable '.[dev]'
	@{ echo '# Exact versions for development; renew with `make constraints`.'; \
	   .venv-newest/bin/python -m pip freeze --exclude-editable | grep == | LC_ALL=C sort -f; \
	} > constraints.new
	@mv constraints.new constraints.txt
	@rm -rf .venv-newest

clean: ## remove everything that make and the tools have made
	rm -rf .venv .venv-newest .venv-oldest .browser constraints.new build dist .coverage .hypothesis
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find src tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

compiled: .venv/demo
	@$(bin)/python -m compileall -q src

# A stamp is written last, so that an interrupted set-up starts again.
.venv/test: .venv/demo
	@echo 'Installing the checks into .venv …'
	@$(pip) --editable '.[dev]'
	@touch $@

.venv/demo: .venv/home pyproject.toml constraints.txt
	@echo 'Installing outage into .venv …'
	@$(pip) hatchling
	@$(pip) --editable .
	@touch $@

.venv/home:
	@$(find_python); rm -rf .venv; "$$python" -m venv .venv
	@printf '%s\n' "$(CURDIR)" > $@

# The scripts of an environment name the folder they were made in, so a moved clone gets a new one.
ifneq "$(shell cat .venv/home 2>&1)" "$(CURDIR)"
.PHONY: .venv/home
endif

define find_python
set -e; python=; \
for candidate in "$$PYTHON" python3 python3.14 python3.13 python3.12 python3.11; do \
    if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
        python=$$candidate; break; \
    fi; \
done; \
if [ -z "$$python" ]; then \
    echo 'outage needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python3' >&2; exit 1; \
fi; \
if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
    echo "$$python cannot make environments: on Debian and Ubuntu, apt install python3-venv" >&2; exit 1; \
fi
endef
