#!/usr/bin/env pwsh
# Publishes the native file. A thin shell over `dotnet publish`: every decision is in the project files. It says how long that took, and the
# next time, about how long it will take.
[CmdletBinding(PositionalBinding = $false)]
param(
    # A runtime identifier such as linux-arm64. Default: that of this machine.
    [ValidateScript({ $_ -cmatch '^[a-z0-9.]+(-[a-z0-9.]+)+$' -or $(throw "'$_' is not a runtime identifier such as linux-arm64.") })]
    [string] $Runtime,

    # The output folder, relative to the current one.
    [ValidateNotNullOrEmpty()]
    [string] $Output = 'dist',

    # Makes a static file, which needs no other file, not even a C library.
    [switch] $Static,

    # Also makes an image as an archive, wsaot.oci.tar, beside the file. The file is then static.
    [switch] $Container
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. "$PSScriptRoot/.ci/steps.ps1"

$folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Output)
$arguments = @('publish', 'src/WsAot.App', '-c', 'Release', '-o', $folder)
if ($Runtime) { $arguments += @('-r', $Runtime) }
if ($Static -or $Container) { $arguments += '-p:WsAotStatic=true' }
if ($Container) { $arguments += '-t:WsAotOciArchive' }

$what = @('publish', ($Runtime ? "for $Runtime" : 'for this machine'))
if ($Static -or $Container) { $what += 'static' }
if ($Container) { $what += 'with its image' }

Push-Location $PSScriptRoot
try {
    Start-Steps ($what -join '-' -replace ' ', '-') 1
    Enter-Step "$what into $folder"
    & dotnet @arguments
    if ($LASTEXITCODE -eq 0) {
        Exit-Step
        Save-Steps
    }
}
finally {
    if (Test-Path Variable:steps) { Stop-Steps }
    Pop-Location
}

exit $LASTEXITCODE
