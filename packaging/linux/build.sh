#!/usr/bin/env bash
# Build what people on Linux install:  packaging/linux/build.sh [OUT]
#
# OUT (dist/ where not given) gets a Debian package, an archive of the same folder for other systems,
# the list of what is inside with its licences, and the checksums. The same commit gives the same
# bytes on the same system. The root of a Debian machine installs what it needs; others are told.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$(realpath -m "${1:-dist}")
work=build/linux
say() { printf '%s\n' "$*" >&2; }

export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export PYTHONHASHSEED=0 LC_ALL=C.UTF-8 TZ=UTC
umask 022

# --- tools ----------------------------------------------------------------------------------------

packaging/set_up.sh build
for tool in dpkg-deb objdump strip gzip; do
    command -v "$tool" >/dev/null || { say "$tool is missing: install dpkg-dev and binutils."; exit 1; }
done
# Not .venv: PyInstaller takes what it finds there, and with it what tests alone ask for.
python=build/environment/bin/python
version=$("$python" -c 'from reader.version import __version__; print(__version__)')
day=$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)
architecture=$(dpkg --print-architecture)
name=policy-reader-$version-linux-$architecture

# --- the folder of the program --------------------------------------------------------------------

say "Compiling the modules that take the time ..."
rm -rf "$work" build/compiled
"$python" packaging/compile_modules.py build/compiled >/dev/null
say "Freezing the program ..."
mkdir -p "$work" "$out"
build/environment/bin/pyinstaller --noconfirm --log-level ERROR --distpath "$work" --workpath "$work/steps" \
    packaging/policy_reader.spec
program=$work/policy-reader
# Python's makers leave the symbols in. The libraries of wheels were rewritten after linking: not those.
find "$program"/_internal/{libpython3*.so*,python3*/lib-dynload,*__mypyc*.so,reader} -name '*.so*' -exec strip --strip-unneeded {} +
find "$program/_internal" -type f -exec chmod 0644 {} +
say "Trying it ..."
"$program/policy-reader" analyze resources/samples/lantern-and-loom.md >"$work/card.txt"
"$program/policy-reader" analyze resources/samples/lantern-and-loom.md --to pdf -o "$work/page.pdf"
"$program/policy-reader" self-test >"$work/self-test.txt" || { cat "$work/self-test.txt" >&2; exit 1; }
unfit=$(grep -E "(missing|excluded) module .*reader\.[a-z_.]+ \(top-level\)" "$work"/steps/*/warn-*.txt || true)
[[ -z $unfit ]] || { say "The program needs what was left out: $unfit"; exit 1; }
"$python" packaging/list_components.py licences "$program/THIRD-PARTY-LICENCES.txt"
"$python" packaging/list_components.py sbom "$out/$name.cdx.json"
cp LICENSE "$program/"

# --- the Debian package ---------------------------------------------------------------------------

fill_in() {
    sed "s/@VERSION@/$version/; s/@DATE@/$day/; s/@ARCHITECTURE@/$architecture/; s/@GLIBC@/${glibc:-}/" \
        "$1"
}

root=$PWD/$work/deb
share=$root/usr/share
mkdir -p "$root/DEBIAN" "$root/usr/bin" "$root/usr/lib" "$share/applications" "$share/metainfo" \
    "$share/man/man1" "$share/doc/policy-reader" "$share/lintian/overrides"
cp -r "$program" "$root/usr/lib/policy-reader"
ln -s ../lib/policy-reader/policy-reader "$root/usr/bin/policy-reader"
cp packaging/linux/policy-reader.desktop "$share/applications/"
fill_in packaging/linux/policy-reader.metainfo.xml >"$share/metainfo/policy-reader.metainfo.xml"
fill_in packaging/linux/policy-reader.1 | gzip -9n >"$share/man/man1/policy-reader.1.gz"
"$python" packaging/draw_icons.py "$share/icons/hicolor"
mv "$root/usr/lib/policy-reader/THIRD-PARTY-LICENCES.txt" "$root/usr/lib/policy-reader/LICENSE" \
    "$share/doc/policy-reader/"
cp packaging/linux/copyright "$share/doc/policy-reader/"
cp packaging/linux/lintian-overrides "$share/lintian/overrides/policy-reader"
gzip -9n <CHANGELOG.md >"$share/doc/policy-reader/NEWS.md.gz"
printf 'policy-reader (%s) stable; urgency=medium\n\n  * NEWS.md.gz tells what is new.\n\n -- %s  %s\n' \
    "$version" "$(sed -n 's/^Maintainer: //p' packaging/linux/control)" \
    "$(date -uR -d "@$SOURCE_DATE_EPOCH")" | gzip -9n >"$share/doc/policy-reader/changelog.gz"

# --- what the system must bring -------------------------------------------------------------------

# The names in `control` are for every Debian; the one that builds has to find its own among them.
programs() {
    find "$root/usr/lib" -type f \( -name '*.so*' -o -name policy-reader -o -name '*-worker' \) "$@"
}
is_plugin=(-path '*/Qt/plugins/*' -o -name 'libQt6W[al]*') # Qt does without one that does not load

packages_for() { # packages_for CONDITION...: the packages of the libraries that these programs ask for
    local library file
    programs "$@" -exec objdump -p {} + | sed -n 's/^ *NEEDED *//p' | sort -u |
        grep -vxF -f <(find "$root/usr/lib" -printf '%f\n') | while read -r library; do
        file=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p | sed -n "s/^\t$library .* => //p" | head -1)
        [[ -n $file ]] || { echo "$library" && continue; } # its package cannot be told here
        dpkg -S "*/$(basename "$(realpath "$file")")" | sed 's/:.*//' | head -1
    done | sort -u
}
named() { # named FIELD...: the packages that the control file names there
    local field
    for field in "$@"; do sed -n "s/^$field: //p" packaging/linux/control; done |
        sed 's/ ([^)]*)//g; s/, /\n/g; s/ | /\n/g' | sort -u
}
unnamed=$(comm -23 <(packages_for -not \( "${is_plugin[@]}" \)) <(named Depends)
    comm -23 <(packages_for \( "${is_plugin[@]}" \)) <(named Depends Recommends Suggests))
[[ -z $unnamed ]] || { say "packaging/linux/control does not name:" $unnamed; exit 1; }
glibc=$(programs -exec objdump -T {} + | grep -oE 'GLIBC_[0-9.]+' | sort -uV | tail -1 | cut -d_ -f2)

# --- and both archives ----------------------------------------------------------------------------

{
    fill_in packaging/linux/control
    echo "Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)"
} >"$root/DEBIAN/control"
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
cp packaging/linux/policy-reader.desktop "$program/"
chmod -R go=u-w "$root" "$program" # a checkout may be for its owner alone, an installed file is not
find "$root" "$program" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
# At 9 the window of xz holds both programs, which are alike; one thread gives the same bytes everywhere.
dpkg-deb --root-owner-group -Zxz -z9 --threads-max=1 --build "$root" \
    "$out/policy-reader_${version}_$architecture.deb" >/dev/null
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
    --transform "s,^policy-reader,$name," -C "$work" -cf - policy-reader | gzip -9n >"$out/$name.tar.gz"
(cd "$out" && sha256sum "policy-reader_${version}_$architecture.deb" "$name.tar.gz" "$name.cdx.json" \
    >"$name.sha256")

# --- and what checkers say of them ----------------------------------------------------------------

# A checker that this machine lacks is named.
check() { if command -v "$1" >/dev/null; then "$@" >&2; else say "$1 is not here and checks nothing."; fi; }
no_domain=cid-desktopapp-is-not-rdns
check desktop-file-validate "$share/applications/policy-reader.desktop"
check appstreamcli validate --no-net --override="$no_domain=info" "$share"/metainfo/*.xml
check lintian --fail-on error,warning "$out/policy-reader_${version}_$architecture.deb"
say "Built:"
(cd "$out" && ls -sh "policy-reader_${version}_$architecture.deb" "$name".*) >&2
