#!/usr/bin/env pwsh
# Publishes the native file. A thin shell over `dotnet publish`: every decision is in the project files.
[CmdletBinding(PositionalBinding = $false)]
param(
    # A runtime identifier such as linux-arm64; without one, that of this machine.
    [ValidateScript({ $_ -cmatch '^[a-z0-9.]+(-[a-z0-9.]+)+$' -or $(throw "'$_' is not a runtime identifier such as linux-arm64.") })]
    [string] $Runtime,

    # The folder that receives the file, relative to the current one.
    [ValidateNotNullOrEmpty()]
    [string] $Output = 'dist',

    # Makes a static file, which needs nothing beside it: not even a C library.
    [switch] $Static,

    # Makes the archive of an image beside the file, which is static then: wsaot.oci.tar.
    [switch] $Container
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Output)
$arguments = @('publish', 'src/WsAot.App', '-c', 'Release', '-o', $folder)
if ($Runtime) { $arguments += @('-r', $Runtime) }
if ($Static -or $Container) { $arguments += '-p:WsAotStatic=true' }
if ($Container) { $arguments += '-t:WsAotOciArchive' }

Push-Location $PSScriptRoot
try { & dotnet @arguments } finally { Pop-Location }
exit $LASTEXITCODE
