#!/usr/bin/env bash
# Build the same commit twice and compare what comes out:  packaging/linux/build_twice.sh [COMMIT]
#
# Each build has a clone of its own, in folders of different names, with another umask, time zone and
# number of hashes. Where the packages differ it names the files within them that do, and ends with 1.
# Both stay in build/twice, to be looked at.
set -euo pipefail
cd "$(dirname "$0")/../.."
commit=$(git rev-parse "${1:-HEAD}")
work=$PWD/build/twice
say() { printf '%s\n' "$*" >&2; }

build() { # build FOLDER OUT
    git clone --quiet --no-checkout . "$1"
    git -C "$1" checkout --quiet "$commit"
    "$1/packaging/linux/build.sh" "$2"
}
rm -rf "$work"
mkdir -p "$work"
(umask 077 && TZ=Asia/Tokyo PYTHONHASHSEED=1 build "$work/one" "$work/first")
(umask 002 && TZ=America/Lima PYTHONHASHSEED=2 build "$work/a folder/two" "$work/second")

differing=0
for first in "$work"/first/*; do
    second=$work/second/${first##*/}
    cmp -s "$first" "$second" && continue
    differing=1
    say "differs: ${first##*/}"
    for each in "$first" "$second"; do
        place=${each%/*}-inside
        mkdir -p "$place"
        case $each in
        *.deb) dpkg-deb --raw-extract "$each" "$place/deb" ;;
        *.tar.gz) mkdir -p "$place/tar" && tar -C "$place/tar" -xzf "$each" ;;
        esac
    done
done
[[ ! -d $work/first-inside ]] || diff -rq "$work/first-inside" "$work/second-inside" >&2 || true
((!differing)) || exit 1
say "Equal to the byte: $(cd "$work/first" && echo *)"
