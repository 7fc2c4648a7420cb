#!/usr/bin/env bash
# Open a policy in the window; where there is no display, print its card and write its one page.
#
# POLICY is the file, from the folder CALLER_DIR; without it, the sample opens.
set -euo pipefail

checkout=$(cd "$(dirname "$0")/.." && pwd)
policy=${POLICY:-$checkout/resources/samples/lantern-and-loom.md}
[[ $policy != -* ]] || policy=./$policy
cd "${CALLER_DIR:-.}"

# The one certain answer is Qt's own: a display may be named and yet not be there.
can_open_windows() {
    if [[ $(uname -s) == Linux && -z ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
        return 1
    fi
    ulimit -c 0 # Qt aborts where it finds no display
    local platform
    platform=$("$checkout/.venv/bin/python" -I -c '
from PySide6.QtGui import QGuiApplication
print(QGuiApplication([]).platformName())' 2>/dev/null) || return 1
    [[ $platform != offscreen && $platform != minimal ]]
}

if can_open_windows; then
    exec "$checkout/.venv/bin/policy-reader" "$policy"
fi
printf 'There is no display here, so no window can open. The summary card:\n\n'
"$checkout/.venv/bin/policy-reader" analyze "$policy"
printf '\nAnd the same on one page, as a PDF: '
"$checkout/.venv/bin/policy-reader" analyze "$policy" --to pdf
