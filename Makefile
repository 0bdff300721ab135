# The two commands are `make run` and `make test`; the others are for those who change the program.
PYTHON ?= python3
PY := .venv/bin/python
PEERS := .venv-peers
CODE := desktop widgets storage resources tests
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --quiet \
	--custom-compile-command "make lock"

.PHONY: run test check bench office campaign pictures lock format clean

# Opens the program on a copy of the sample; without a display, does its main job unattended into ./out/.
run:
	@$(PYTHON) .ci/bootstrap.py run
	@if [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY" ] && [ -z "$$WAYLAND_DISPLAY" ]; then \
		echo "There is no display here, so the main job runs unattended on the sample, into ./out/"; \
		$(PY) -m desktop.unattended ./out; \
	else \
		$(PY) -m desktop --sample; \
	fi

# Format, lint, strict types, layer rules and all tests, off-screen.
test:
	@$(PYTHON) .ci/bootstrap.py test
	@$(MAKE) --no-print-directory check

check:
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy $(CODE)
	.venv/bin/lint-imports
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest -q -n 2 --dist worksteal

# The measured promises, as a table of ratios.
bench:
	@$(PYTHON) .ci/bootstrap.py test
	@if [ ! -x $(PEERS)/bin/python ]; then \
		echo "Making an environment for what ours is measured against, in $(PEERS)"; \
		$(PYTHON) -m venv $(PEERS) && \
		$(PEERS)/bin/python -m pip install -q --require-hashes -r tests/benchmarks/peers.txt; \
	fi
	$(PY) -m tests.benchmarks

# Opens every workbook and Word file in LibreOffice, where it is installed, and compares what it saves.
office:
	@$(PYTHON) .ci/bootstrap.py test
	$(PY) -m tests.office

# Tries every fault over and over and writes the page on safety: SIZE=quick|night|release, ONLY="kills faults".
campaign:
	@$(PYTHON) .ci/bootstrap.py test
	$(PY) -m tests.campaign $(or $(SIZE),quick) $(if $(ONLY),--only $(ONLY)) $(if $(REPLACE),--replace)

# Draws the pictures of the guide from the sample.
pictures:
	@$(PYTHON) .ci/bootstrap.py test
	$(PY) -m tests.pictures docs/pictures

# Looks for newer versions within pyproject.toml's limits and writes both locks.
lock:
	@$(PYTHON) .ci/bootstrap.py run
	$(PY) -m pip install -q "uv>=0.5"
	$(PY) -m uv pip compile $(LOCK) pyproject.toml -o requirements.lock
	$(PY) -m uv pip compile $(LOCK) tests/benchmarks/peers.in -o tests/benchmarks/peers.txt
	$(PY) -m uv pip compile $(LOCK) --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

format:
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

clean:
	rm -rf .venv $(PEERS) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache ./*.egg-info
