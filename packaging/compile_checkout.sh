#!/usr/bin/env bash
# Have this checkout's environment run compiled modules, until a source is edited: make compile
set -euo pipefail
cd "$(dirname "$0")/.."

packaging/set_up.sh test
if ! .venv/bin/python -c 'import sys, policy_reader_compiled as compiled
sys.exit(not compiled.are_current())' 2>/dev/null; then
    printf '%s\n' "Compiling the modules that take the time (two minutes) ..." >&2
    HATCH_BUILD_HOOKS_ENABLE=1 .venv/bin/python -m pip --disable-pip-version-check --quiet --quiet install \
        --no-index --no-deps --no-build-isolation --editable .
fi
