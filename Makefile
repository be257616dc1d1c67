# The few commands of every day. A fresh clone needs python3 (3.11 or newer) and make; the rest is fetched by `setup`.

.DEFAULT_GOAL := help
.PHONY: help setup run test check format messages bench bench-web screenshots

HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=
BIN := .venv/bin
READY := .venv/.ready

help: ## say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

setup: $(READY) ## install what the project needs into .venv

$(READY): pyproject.toml uv.lock scripts/setup.sh scripts/setup.py
	@sh scripts/setup.sh

run: $(READY) ## serve with demo data on http://127.0.0.1:8000 (PORT=… HOST=…)
	@HOST='$(HOST)' PORT='$(PORT)' sh scripts/run.sh

test: $(READY) ## run everything that can run here (ARGS="-k word" goes to pytest)
	@$(BIN)/python scripts/test.py $(ARGS)

check: $(READY) ## lint, types, layers, migrations, deployment settings, architecture
	@$(BIN)/python scripts/check.py

format: $(READY) ## put the code into the project's form
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

messages: $(READY) ## collect the sentences of all pages (ARGS="de" begins a language; see docs/web.md)
	@$(BIN)/python scripts/messages.py $(ARGS)

bench: $(READY) ## measure against other servers, side by side (see docs/benchmarks.md)
	@sh scripts/setup.sh bench
	@$(BIN)/python -m bench $(ARGS)

bench-web: $(READY) ## measure the web app's pages (writes bench/web.json; needs a Chromium)
	@$(BIN)/python -m bench.web

screenshots: $(READY) ## photograph every page into var/screenshots (needs a Chromium; ARGS=pictures: those of the guide)
	@$(BIN)/python -m bench.web.screenshots $(ARGS)
