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

packaging/set_up.sh run
for tool in dpkg-deb strip gzip; do
    command -v "$tool" >/dev/null || { say "$tool is missing: install dpkg-dev and binutils."; exit 1; }
done
if ! cmp -s packaging/requirements-build.lock .venv/ready-to-build; then
    .venv/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps \
        -r packaging/requirements-build.lock
    cp packaging/requirements-build.lock .venv/ready-to-build
fi
python=.venv/bin/python
version=$("$python" -c 'from reader.version import __version__; print(__version__)')
day=$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)
architecture=$(dpkg --print-architecture)
name=policy-reader-$version-linux-$architecture

# --- the folder of the program --------------------------------------------------------------------

say "Freezing the program ..."
rm -rf "$work"
mkdir -p "$work" "$out"
.venv/bin/pyinstaller --noconfirm --log-level ERROR --distpath "$work" --workpath "$work/steps" \
    packaging/policy_reader.spec
program=$work/policy-reader
strip --strip-unneeded "$program"/_internal/libpython3*.so* # Python's makers leave the symbols in
"$python" packaging/list_components.py licences "$program/THIRD-PARTY-LICENCES.txt"
"$python" packaging/list_components.py sbom "$out/$name.cdx.json"
cp LICENSE "$program/"

# --- the Debian package ---------------------------------------------------------------------------

fill_in() { sed "s/@VERSION@/$version/; s/@DATE@/$day/; s/@ARCHITECTURE@/$architecture/" "$1"; }

root=$work/deb
share=$root/usr/share
mkdir -p "$root/DEBIAN" "$root/usr/bin" "$root/usr/lib" "$share/applications" "$share/metainfo" \
    "$share/man/man1" "$share/doc/policy-reader"
cp -r "$program" "$root/usr/lib/policy-reader"
ln -s ../lib/policy-reader/policy-reader "$root/usr/bin/policy-reader"
cp packaging/linux/policy-reader.desktop "$share/applications/"
fill_in packaging/linux/policy-reader.metainfo.xml >"$share/metainfo/policy-reader.metainfo.xml"
fill_in packaging/linux/policy-reader.1 | gzip -9n >"$share/man/man1/policy-reader.1.gz"
"$python" packaging/draw_icons.py "$share/icons/hicolor"
mv "$root/usr/lib/policy-reader/THIRD-PARTY-LICENCES.txt" "$root/usr/lib/policy-reader/LICENSE" \
    "$share/doc/policy-reader/"
cp packaging/linux/copyright "$share/doc/policy-reader/"
gzip -9n <CHANGELOG.md >"$share/doc/policy-reader/changelog.gz"
{
    fill_in packaging/linux/control
    echo "Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)"
} >"$root/DEBIAN/control"
(cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
find "$root" "$program" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$root" "$out/policy-reader_${version}_$architecture.deb" >/dev/null

# --- the archive ----------------------------------------------------------------------------------

cp packaging/linux/policy-reader.desktop "$program/"
touch --date="@$SOURCE_DATE_EPOCH" "$program/policy-reader.desktop" "$program"
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
    --transform "s,^policy-reader,$name," -C "$work" -cf - policy-reader | gzip -9n >"$out/$name.tar.gz"
(cd "$out" && sha256sum "policy-reader_${version}_$architecture.deb" "$name.tar.gz" "$name.cdx.json" \
    >"$name.sha256")
say "Built:"
(cd "$out" && ls -sh "policy-reader_${version}_$architecture.deb" "$name.tar.gz" "$name.cdx.json" "$name.sha256") >&2
