#!/usr/bin/env bash
# Build what people on macOS install:  packaging/macos/build.sh [OUT]
#
# NOT RUN YET: nobody has tried this on a Mac. It gives a disk image with the bundle and what the
# libraries are; it needs Xcode's command line tools and Python 3.11 or newer.
#
#   CODESIGN_IDENTITY   "Developer ID Application: ..." in the keychain; without it the bundle is signed
#                       by nobody, and other Macs open it only after a question
#   NOTARY_PROFILE      what `xcrun notarytool store-credentials` was given; only with an identity
set -euo pipefail
cd "$(dirname "$0")/../.."
out=${1:-dist}
work=build/macos
lock=packaging/macos/requirements-build.lock
say() { printf '%s\n' "$*" >&2; }

export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)} PYTHONHASHSEED=0
[[ $(uname -s) == Darwin ]] || { say "This builds on macOS alone."; exit 1; }
[[ -f $lock ]] || { say "$lock is missing: packaging/README.md says how it is made."; exit 1; }

"${PYTHON:-python3}" -m venv --clear .venv
python=.venv/bin/python
pip() { "$python" -m pip --disable-pip-version-check --quiet "$@"; }
pip install --require-hashes --no-deps -r "$lock"
pip install --no-index --no-deps --no-build-isolation --editable .
version=$("$python" -c 'from reader.version import __version__; print(__version__)')
name=policy-reader-$version-macos-$(uname -m)

say "Freezing the program ..."
rm -rf "$work"
mkdir -p "$work" "$out"
"$python" packaging/draw_icons.py build/policy-reader.icns
.venv/bin/pyinstaller --noconfirm --log-level ERROR --distpath "$work" --workpath "$work/steps" \
    packaging/policy_reader.spec
app="$work/Policy Reader.app"
"$app/Contents/MacOS/policy-reader" analyze resources/samples/lantern-and-loom.md >/dev/null
"$app/Contents/MacOS/policy-reader" self-test

if [[ -n ${CODESIGN_IDENTITY:-} ]]; then # PyInstaller has signed what is inside
    codesign --force --options runtime --timestamp --sign "$CODESIGN_IDENTITY" \
        --entitlements packaging/macos/entitlements.plist "$app"
fi
codesign --verify --deep --strict "$app"

say "Making the disk image ..."
image=$work/image
mkdir -p "$image"
ditto "$app" "$image/Policy Reader.app"
ln -s /Applications "$image/Applications"
cp LICENSE "$image/LICENCE.txt"
"$python" packaging/list_components.py licences "$image/THIRD-PARTY-LICENCES.txt"
"$python" packaging/list_components.py sbom "$out/$name.cdx.json"
hdiutil create -quiet -ov -fs HFS+ -format UDZO -volname "Policy Reader $version" \
    -srcfolder "$image" "$out/$name.dmg"
if [[ -n ${CODESIGN_IDENTITY:-} ]]; then
    codesign --timestamp --sign "$CODESIGN_IDENTITY" "$out/$name.dmg"
    if [[ -n ${NOTARY_PROFILE:-} ]]; then
        xcrun notarytool submit --wait --keychain-profile "$NOTARY_PROFILE" "$out/$name.dmg"
        xcrun stapler staple "$out/$name.dmg"
        spctl --assess --type open --context context:primary-signature "$out/$name.dmg"
    fi
fi
(cd "$out" && shasum -a 256 "$name.dmg" "$name.cdx.json" >"$name.sha256")
say "Built $out/$name.dmg"
