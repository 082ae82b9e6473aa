# The commands of Chancery. Everything else is written in README.md.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=
WORKERS ?= 3
UV ?= uv

.PHONY: run test guides check messages lock clean bootstrap python

run: bootstrap  ## Set everything up and serve the site; PORT=8001 and HOST=0.0.0.0 change where.
	@exec .venv/bin/python manage.py serve --host "$(HOST)" --port "$(PORT)"

test: python  ## Set up what the tests need and run them; ARGS="-k hours" chooses some.
	@"$(PYTHON)" bin/bootstrap.py --tests
	@exec env -u PYTHONDONTWRITEBYTECODE .venv/bin/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

guides: python  ## Take the pictures of the guides for staff from the demo site, with Chromium.
	@"$(PYTHON)" bin/bootstrap.py --tests
	@exec .venv/bin/python -m bin.picture_guides

check: bootstrap  ## Run the house's own rules and look for missing migrations.
	@.venv/bin/python manage.py check
	@.venv/bin/python manage.py makemigrations --check --dry-run

bootstrap: python
	@"$(PYTHON)" bin/bootstrap.py

python:
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "Python 3.11 or newer is missing: sudo apt install python3 python3-venv"; exit 1; }

messages: bootstrap  ## For maintainers: bring new texts of the interface into the French catalog.
	@command -v xgettext >/dev/null || { \
		echo "make messages needs GNU gettext: sudo apt install gettext"; exit 1; }
	@.venv/bin/django-admin makemessages -l fr --no-location --no-wrap \
		--ignore .venv --ignore var --ignore node_modules --ignore tests

lock:  ## For maintainers: pin the newest allowed packages with their hashes.
	@command -v "$(UV)" >/dev/null || { \
		echo "make lock needs uv: pip install uv, then make lock UV=path/to/uv"; exit 1; }
	@for name in requirements requirements-dev requirements-node; do \
		"$(UV)" pip compile --quiet --upgrade --universal --python-version 3.11 --no-build \
			--generate-hashes --no-header $$name.in -o $$name.txt || exit 1; \
	done

clean:  ## Remove what was built; the database and the uploads under var/ stay.
	rm -rf .venv node_modules static/build var/static var/stamps .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
	@echo "var/ keeps the database, the uploads and the key: delete it to start from nothing."
