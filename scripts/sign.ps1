# Signs files for Windows: sign.ps1 FILE...
# CERTIFICATE holds a .pfx in base64, PASSWORD opens it; the time stamp keeps the signature good after the certificate has run out.
param([Parameter(Mandatory, ValueFromRemainingArguments)][string[]] $Files)
$ErrorActionPreference = 'Stop'
$key = Join-Path $env:RUNNER_TEMP 'otokui.pfx'
[IO.File]::WriteAllBytes($key, [Convert]::FromBase64String($env:CERTIFICATE))
try {
    $signtool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" | Sort-Object FullName | Select-Object -Last 1
    & $signtool sign /f $key /p $env:PASSWORD /fd sha256 /tr 'http://timestamp.digicert.com' /td sha256 @Files
    if ($LASTEXITCODE) { throw 'signtool' }
} finally {
    Remove-Item $key
}
