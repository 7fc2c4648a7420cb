# make run [POLICY=file]   read a policy: the window, or the card and a PDF where there is no display
# make test                everything that must hold, on a fresh machine too
# make check               format, lint, types, walls and the fast tests: before each commit
# make compile             compile what takes the time: a batch a sixth faster, until a source is edited
# make coverage            every test, and which lines and branches they reach: takes twice the time
# make lock                pin the newest dependencies that pyproject.toml admits
# make audit               look up the known faults of what the locks pin; asks the network
#
# Each does its own set-up. PYTHON=/path/to/python3.12 chooses the Python to make .venv with.

.DEFAULT_GOAL := run
.PHONY: run test check compile coverage lock audit

# A file's name is taken as it stands, with its spaces and dollar signs, and from the folder that
# the caller stands in: make -C moves away from there.
override export POLICY := $(value POLICY)
export CALLER_DIR := $(if $(findstring w,$(firstword -$(MAKEFLAGS))),$(PWD),$(CURDIR))

run:
	@packaging/set_up.sh run
	@packaging/run.sh

# One file of tests on each processor, in their order: the longest do not begin last.
SIDE_BY_SIDE = --numprocesses=logical --dist=loadfile --no-loadscope-reorder

# The tests run what is shipped: the compiled modules.
test: compile
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/pytest -m times
	.venv/bin/pytest $(SIDE_BY_SIDE) -m "not times"

# Fast are the tests of one process without windows; by their markers the others say what they are.
FAST_TESTS = --ignore=tests/gui -m "not processes and not screen and not slow and not times"

check:
	@packaging/set_up.sh test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/pytest $(SIDE_BY_SIDE) -q $(FAST_TESTS)

compile:
	@packaging/compile_checkout.sh

coverage:
	@packaging/set_up.sh test
	.venv/bin/python packaging/measure_coverage.py $(SIDE_BY_SIDE) -q

# The locks name no host and no path: they hold wherever the hashes do.
PIP_COMPILE = CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/pip-compile --quiet --upgrade \
	--generate-hashes --allow-unsafe --strip-extras --no-emit-options \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --build-deps-for editable

lock:
	@packaging/set_up.sh test
	$(PIP_COMPILE) --output-file requirements.lock pyproject.toml
	$(PIP_COMPILE) --constraint requirements.lock --extra dev --output-file requirements-dev.lock pyproject.toml
	$(PIP_COMPILE) --constraint requirements-dev.lock --extra build --output-file packaging/requirements-build.lock pyproject.toml

audit:
	@$(or $(PYTHON),python3) packaging/audit.py
