# Ground Up. `make start` to learn, `make test` to change it. Each line is one command; the rest is in tools/ and src/.
PYTHON ?= python3
BIN = .venv/bin
unexport PYTHONDONTWRITEBYTECODE # or each process would compile anew whatever pip has left uncompiled

start: .venv/groundup-start
	@$(BIN)/groundup start

test: .venv/groundup-test
	@$(BIN)/python tools/chromium.py
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/groundup verify --quick
	$(BIN)/pytest --numprocesses auto
	@$(BIN)/python tools/other_python.py 3.13

build: .venv/groundup-test
	@$(BIN)/groundup build

verify: .venv/groundup-test
	@$(BIN)/groundup verify

bench: .venv/groundup-test
	@$(BIN)/python tools/bench.py

.venv/groundup-start: pyproject.toml
	@$(PYTHON) tools/install.py

.venv/groundup-test: pyproject.toml
	@$(PYTHON) tools/install.py test

.PHONY: start test build verify bench
