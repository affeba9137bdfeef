# Every command of the project. `make run` and `make test` set up what they need; the others expect `make setup`.
.PHONY: run test setup lint format migrations lock audit chaos bench pictures
.DEFAULT_GOAL := run
PY := .venv/bin/python

run:  ## start the product: make run HOST=127.0.0.1 PORT=8000 DEMO=1
	@exec python3 scripts/run.py

test:  ## every check and every test, on SQLite, on PostgreSQL + Redis, and in Chromium
	@exec python3 scripts/test.py

setup:  ## .venv with everything for development
	@exec python3 scripts/test.py --only setup

lint:  ## the checks alone: ruff, mypy, import contracts, templates, migrations, settings
	@exec python3 scripts/test.py --only checks

format:  ## put code and templates into shape
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format --quiet .
	@find templates -name '*.html' | xargs -r .venv/bin/djade --target-version 5.2

migrations:  ## write the migrations of changed models
	@$(PY) manage.py makemigrations

lock:  ## resolve requirements/*.in into locked, hashed lists
	@exec python3 scripts/lock.py

audit:  ## the long proofs: everything marked slow, with more examples
	@exec python3 scripts/test.py --only audit

chaos:  ## kill workers, beats, Redis and PostgreSQL while messages go out; nothing may be lost
	@exec python3 scripts/test.py --only chaos

bench:  ## measure against plain SQL on PostgreSQL
	@exec $(PY) -m benchmarks

pictures:  ## every page of the demo as a picture in var/pictures
	@exec $(PY) scripts/pictures.py
