# Everything that one types in this repository. Needs make and Python 3.11 or newer, and nothing else: each target does
# the set-up that it stands on, and does it once. Written for GNU make 3.81, which is what macOS has.

# A Python of your choice: make install PYTHON=/opt/python/bin/python3
PYTHON =
# Words for the command behind a target: make demo ARGS="--port 9000"
ARGS =

BIN = .venv/bin
# Twice quiet: what is wrong is still said, what is merely odd about a machine's own configuration is not.
PIP = $(BIN)/python -m pip -qq --no-input --disable-pip-version-check
CATALOGS = $(patsubst %.po,%.mo,$(wildcard locales/*/LC_MESSAGES/messages.po))
COMPILE_LOCK = .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header pyproject.toml

.PHONY: help install demo run test lint format messages bench lock clean
.DELETE_ON_ERROR:

help: ## say what can be typed here
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/make \1|\2/' | \
		while IFS='|' read -r target purpose; do printf '  %-16s%s\n' "$$target" "$$purpose"; done

install: .venv/.project $(CATALOGS) ## make .venv with everything in it (the other targets do it by themselves)
	@:

demo: install ## the whole product on this machine, without Telegram: prints one URL
	@$(BIN)/rollcall demo $(ARGS)

run: install ## the bot for real, with the settings of the environment or of .env
	@$(BIN)/rollcall run $(ARGS)

test: install ## every test, on SQLite and on a real PostgreSQL of its own
	@$(BIN)/pytest --numprocesses=auto --dist=worksteal --durations=10 $(ARGS)

lint: install ## style, types, architecture, catalogs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m locales.check

format: install ## put the sources in the form that lint asks for
	@$(BIN)/ruff check --fix --exit-zero --quiet .
	@$(BIN)/ruff format .

messages: install ## bring messages.pot and the catalogs in line with the sources
	@$(BIN)/python -m locales.template

bench: install .venv-bench/.packages ## measure: bookings a second, a tap through the bot, beside their floors
	@$(BIN)/python -m bench $(ARGS)

lock: .venv-lock/.packages ## choose the newest fitting versions anew, into the three lock files
	$(COMPILE_LOCK) --upgrade --extra build -o requirements.lock
	$(COMPILE_LOCK) --upgrade --extra build --extra dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE_LOCK) --upgrade --extra bench -o requirements-bench.lock

clean: ## remove everything that was made here
	rm -rf .venv .venv-bench .venv-lock build dist *.egg-info .hypothesis .pytest_cache .mypy_cache .ruff_cache \
		.import_linter_cache
	rm -f $(CATALOGS)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One empty file stands for each finished step; it is older than what the step was made from when that has changed.

.venv/.created:
	@if .venv/bin/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
		touch $@ && exit 0; \
	fi; \
	for python in $(PYTHON) $(if $(PYTHON),,python3.13 python3.12 python3.11 python3); do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
			echo "Making .venv with $$("$$python" --version) ($$(command -v "$$python"))"; \
			"$$python" -m venv .venv && touch $@ && exit 0; \
			echo "$$python cannot make a virtual environment (Debian and Ubuntu: apt-get install python3-venv)." >&2; \
			exit 1; \
		fi; \
	done; \
	echo "Found no Python 3.11 or newer $(if $(PYTHON),at $(PYTHON),as python3.13 python3.12 python3.11 or python3)." \
		"Install one, or name it: make install PYTHON=/path/to/python3" >&2; \
	exit 1

.venv/.packages: .venv/.created requirements-dev.lock
	@echo "Installing the packages of requirements-dev.lock"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

.venv/.project: .venv/.packages pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

locales/%/LC_MESSAGES/messages.mo: locales/%/LC_MESSAGES/messages.po .venv/.packages
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $*
	@touch $@

.venv-bench/.packages: .venv/.created requirements-bench.lock
	@echo "Installing the packages of requirements-bench.lock"
	@$(BIN)/python -m venv .venv-bench
	@.venv-bench/bin/python -m pip -qq --no-input --disable-pip-version-check install --require-hashes \
		--requirement requirements-bench.lock
	@touch $@

.venv-lock/.packages: .venv/.created
	@$(BIN)/python -m venv .venv-lock
	@.venv-lock/bin/python -m pip -qq --no-input --disable-pip-version-check install uv
	@touch $@
