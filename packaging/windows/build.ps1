# Build what people on Windows install:  packaging\windows\build.ps1 [-Out dist]
#
# NOT RUN YET: nobody has tried this on Windows. It gives an installer, an archive of the same folder,
# what the libraries are, and the checksums. It needs Python 3.11 or newer and Inno Setup 6.3 (iscc).
#
#   SIGN_CERTIFICATE   the thumbprint of a code signing certificate in the user's store; without it the
#   SIGN_TIMESTAMP     programs are unsigned and SmartScreen asks. The address of a time stamp server.
param([string]$Out = "dist")
$ErrorActionPreference = "Stop"
$PSNativeCommandUseErrorActionPreference = $true
Set-Location (Join-Path $PSScriptRoot "..\..")

$work = "build\windows"
$lock = "packaging\windows\requirements-build.lock"
if (-not (Test-Path $lock)) { throw "$lock is missing: packaging\README.md says how it is made." }
if (-not $env:SOURCE_DATE_EPOCH) { $env:SOURCE_DATE_EPOCH = git log -1 --format=%ct }
$env:PYTHONHASHSEED = "0"
$env:PYTHONUTF8 = "1"

function Invoke-Signing([string[]]$Files) {
    if (-not $env:SIGN_CERTIFICATE) { return }
    signtool sign /sha1 $env:SIGN_CERTIFICATE /fd SHA256 /td SHA256 /tr $env:SIGN_TIMESTAMP @Files
}

py -3 -m venv --clear .venv
$python = ".venv\Scripts\python.exe"
& $python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps -r $lock
& $python -m pip --disable-pip-version-check --quiet install --no-index --no-deps --no-build-isolation --editable .
$version = & $python -c "from reader.version import __version__; print(__version__)"
$name = "policy-reader-$version-windows-x64"

Write-Host "Freezing the program ..."
Remove-Item -Recurse -Force -ErrorAction SilentlyContinue $work
New-Item -ItemType Directory -Force $work, $Out | Out-Null
& $python packaging\draw_icons.py build\policy-reader.ico
& $python packaging\windows\properties.py build
& .venv\Scripts\pyinstaller.exe --noconfirm --log-level ERROR --distpath $work --workpath "$work\steps" packaging\policy_reader.spec
$program = "$work\policy-reader"
& "$program\policy-reader.exe" analyze resources\samples\lantern-and-loom.md | Out-Null
& "$program\policy-reader.exe" self-test
Invoke-Signing (Get-ChildItem "$program\*.exe").FullName
& $python packaging\list_components.py licences "$program\THIRD-PARTY-LICENCES.txt"
& $python packaging\list_components.py sbom "$Out\$name.cdx.json"
Copy-Item LICENSE "$program\LICENCE.txt"

Write-Host "Making the installer ..."
Compress-Archive -Force -Path $program -DestinationPath "$Out\$name.zip"
iscc /Qp "/DVersion=$version" "/DProgram=$((Resolve-Path $program).Path)" "/O$((Resolve-Path $Out).Path)" "/F$name" packaging\windows\policy-reader.iss
Invoke-Signing @("$Out\$name.exe")
Get-FileHash -Algorithm SHA256 "$Out\$name.exe", "$Out\$name.zip", "$Out\$name.cdx.json" |
    ForEach-Object { "$($_.Hash.ToLower())  $(Split-Path -Leaf $_.Path)" } |
    Set-Content -Encoding ascii "$Out\$name.sha256"
Write-Host "Built $Out\$name.exe"
