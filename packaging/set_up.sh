#!/usr/bin/env bash
# Make this checkout ready to run, to test, or to be built into packages: set_up.sh run|test|build
#
# Everything it installs from Python goes into .venv, from the locks, by hash; for a build into
# build/environment, which holds what is shipped and what freezes it, and nothing that tests alone
# ask for. System libraries are installed where the user is root on a machine with apt-get; elsewhere
# it prints the line to type and ends with 1. A second run finds all done and takes a moment.
set -euo pipefail

purpose=${1:?"usage: set_up.sh run|test|build"}
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*" >&2; }

environment=.venv locks=(requirements.lock requirements-dev.lock)
case $purpose in
run) lock=requirements.lock ;;
test) lock=requirements-dev.lock ;;
build) lock=packaging/requirements-build.lock locks=("$lock") environment=build/environment ;;
*) say "usage: set_up.sh run|test|build" && exit 1 ;;
esac

# --- what the machine lacks, as Debian's packages -------------------------------------------------

missing=()      # Debian's package names
missing_here=() # the same things by the names of their files, for other systems

lacks() { # lacks FILE PACKAGE...
    missing_here+=("$1")
    missing+=("${@:2}")
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

has_headers() {
    "$1" -c 'import sysconfig; open(sysconfig.get_path("include") + "/Python.h")' 2>/dev/null
}

find_python() {
    local candidate candidates=("${PYTHON:-python3}")
    [[ -n ${PYTHON:-} ]] || candidates+=(python3.14 python3.13 python3.12 python3.11)
    for candidate in "${candidates[@]}"; do
        if is_new_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

look_for_python() {
    local python
    if python=$(find_python); then
        "$python" -c 'import ensurepip, venv' 2>/dev/null || lacks ensurepip python3-venv
        [[ $purpose == run ]] || has_headers "$python" || lacks Python.h python3-dev
    elif [[ -z ${PYTHON:-} ]] && ! command -v python3 >/dev/null; then
        lacks python3 python3 python3-venv
        [[ $purpose == run ]] || lacks Python.h python3-dev
    else
        say "Policy Reader needs Python 3.11 or newer, and ${PYTHON:-python3} is not."
        say "Install one, or say where it is, as in:  make $purpose PYTHON=/path/to/python3.12"
        exit 1
    fi
}

# Qt loads the first group whenever it draws, the second to open a window on an X display.
drawing_libraries="
libglib-2.0.so.0 libglib2.0-0
libGL.so.1 libgl1
libEGL.so.1 libegl1
libxkbcommon.so.0 libxkbcommon0
libfontconfig.so.1 libfontconfig1
libdbus-1.so.3 libdbus-1-3
"
window_libraries="
libbrotlidec.so.1 libbrotli1
libgssapi_krb5.so.2 libgssapi-krb5-2
libX11-xcb.so.1 libx11-xcb1
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libxkbcommon-x11.so.0 libxkbcommon-x11-0
"
# A package names these, too, and the build looks whether it has named all.
packaged_libraries="
libcups.so.2 libcups2
libwayland-client.so.0 libwayland-client0
libwayland-cursor.so.0 libwayland-cursor0
libwayland-egl.so.1 libwayland-egl1
libxcb-util.so.1 libxcb-util1
"
compilers="
cc gcc libc6-dev
"
test_programs="
Xvfb xvfb
xdotool xdotool
pdftotext poppler-utils
strace strace
update-mime-database shared-mime-info
"

look_for_libraries() { # look_for_libraries "LIBRARY PACKAGE lines"
    local known library package
    known=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null) || return 0 # not this kind of Linux
    while read -r library package; do
        [[ -z $library || $known == *"$library"* ]] || lacks "$library" "$package"
    done <<<"$1"
}

look_for_programs() {
    local program packages
    while read -r program packages; do
        # shellcheck disable=SC2086 - several packages are several words
        [[ -z $program ]] || command -v "$program" >/dev/null || lacks "$program" $packages
    done <<<"$1"
}

look_around() {
    missing=() missing_here=()
    look_for_python
    [[ $(uname -s) == Linux ]] || return 0
    look_for_libraries "$drawing_libraries"
    if [[ $purpose != run || -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
        look_for_libraries "$window_libraries"
    fi
    [[ $purpose != build ]] || look_for_libraries "$packaged_libraries"
    [[ $purpose == run ]] || look_for_programs "$compilers"
    [[ $purpose != test ]] || look_for_programs "$test_programs"
}

look_around
if ((${#missing[@]})) && command -v apt-get >/dev/null; then
    if ((EUID)); then
        say "Some system libraries are missing. Please type this line, then the same command again:"
        say "    sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}"
        exit 1
    fi
    say "Installing system libraries: ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${missing[@]}" </dev/null >/dev/null
    look_around
fi
if ((${#missing[@]})); then
    say "These are missing on this system: ${missing_here[*]}"
    say "Please install the packages that hold them, then type the same command again."
    exit 1
fi
python=$(find_python)

# --- the Python environment -----------------------------------------------------------------------

stamp=$environment/ready-to-$purpose
here=$(pwd -P)
# What is installed serves one set of locks and one set of commands, in one place.
state=$(printf '%s\n' "$here" && cksum pyproject.toml "${locks[@]}")

if [[ -f $stamp && $(<"$stamp") == "$state" ]] && "$environment/bin/python" -c '' 2>/dev/null; then
    exit 0
fi
# An environment that was moved, or whose making was cut short, is made anew.
if ! grep -qsF " $here/$environment" "$environment/pyvenv.cfg" ||
    ! is_new_enough "$environment/bin/python" ||
    ! "$environment/bin/python" -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --clear "$environment"
fi
rm -f "$environment"/ready-to-*
pip() { "$environment/bin/python" -m pip --disable-pip-version-check --quiet --quiet "$@"; } # errors only

say "Installing the locked Python packages into $environment (once, a minute or two) ..."
# The lock names every package there is. With --no-deps nobody looks for newer ones: pip 23 holds
# "coverage[toml]" for unpinned as soon as a version newer than the pinned one is out.
pip install --require-hashes --no-deps -r "$lock"
pip install --no-index --no-deps --no-build-isolation --editable .
if [[ $purpose == test ]]; then
    say "Putting the wheels ready that a bare installation needs ..."
    rm -rf .wheels
    pip download --require-hashes --no-deps --only-binary :all: --dest .wheels -r requirements.lock
    printf '%s\n' "$state" >.venv/ready-to-run # what tests needs all that running does
fi
printf '%s\n' "$state" >"$stamp"
