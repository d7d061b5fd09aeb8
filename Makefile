# The two commands that matter: `make demo` and `make test`. Each does all set-up itself; a second run is quick.

ARGS ?=
BIN := .venv/bin
UV ?= $(firstword $(wildcard $(BIN)/uv) uv)
LOCK := UV_CUSTOM_COMPILE_COMMAND='make lock' $(UV) pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --quiet

.PHONY: demo test check check-style check-types check-floors check-translations check-lock
.PHONY: format translations lock wheel clean set-up-run set-up-test

demo: set-up-run ## the program with demo data on http://127.0.0.1:8000; ARGS="--place dalian --employees 5000"
	@$(BIN)/careerpath demo $(ARGS)

test: set-up-test ## every test, in parallel; ARGS="-k appraisal"
	@$(BIN)/python -m pytest -n auto $(ARGS)

check: check-style check-types check-floors check-translations check-lock ## `make -k check` goes on after a failure

check-style: set-up-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-types: set-up-test
	$(BIN)/mypy

check-floors: set-up-test
	$(BIN)/lint-imports --no-cache

check-translations: set-up-test
	$(BIN)/python packaging/translations.py check

check-lock: set-up-test
	$(BIN)/python packaging/check_lock.py

format: set-up-test ## order imports, mend what can be mended, format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

translations: set-up-test ## collect new sentences into the catalogues, and compile them
	$(BIN)/python packaging/translations.py update
	@sh packaging/set-up.sh test

lock: ## resolve the dependencies anew; needs uv (https://docs.astral.sh/uv/). UPGRADE=--upgrade takes newer versions
	@command -v $(UV) >/dev/null || { echo "uv is needed to make the lock files: pip install uv" >&2; exit 1; }
	$(LOCK) --extra dev $(UPGRADE) -o requirements.lock
	cp requirements.lock requirements-run.lock # what stands in the output is kept: both pin the same versions
	$(LOCK) --extra build -o requirements-run.lock

wheel: set-up-test ## dist/careerpath-….whl, with templates, migrations and compiled translations inside
	rm -rf dist
	$(BIN)/python -m build --wheel --no-isolation --outdir dist

clean: ## remove what can be made again; data under instance/ stays
	rm -rf .venv dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find careerpath -name '*.mo' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

set-up-run:
	@sh packaging/set-up.sh run

set-up-test:
	@sh packaging/set-up.sh test
