#!/usr/bin/env pwsh
# Makes all files of a release in one folder, from a clean build: the packages, the executable for each platform, the images, an SBOM, the
# release notes, and the checksums. It uploads nothing. It needs Linux x64 with Debian's cross-compiler for arm64.
[CmdletBinding(PositionalBinding = $false)]
param(
    # The output folder, relative to the current one; it must be empty. Default: artifacts/release/VERSION in the repository.
    [ValidateNotNullOrEmpty()]
    [string] $Output,

    # For a rehearsal: allows files that are not committed.
    [switch] $AllowDirty
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
# Keeps paths of this machine out of the packages.
$env:CI = 'true'
. "$PSScriptRoot/.ci/steps.ps1"
# A runtime identifier; with -v3, for x64 processors with AVX2 and the rest of x86-64-v3.
$targets = 'linux-x64', 'linux-x64-v3', 'linux-arm64'

function Invoke-Step([string] $Name, [scriptblock] $Command) {
    Enter-Step $Name
    $global:LASTEXITCODE = 0
    & $Command | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "Release stopped: '$Name' ended with $LASTEXITCODE." }
    Exit-Step
}

function Read-Command([string] $Name, [scriptblock] $Command) {
    $global:LASTEXITCODE = 0
    $lines = & $Command
    if ($LASTEXITCODE -ne 0) { throw "Release stopped: '$Name' ended with $LASTEXITCODE." }
    return $lines -join "`n"
}

# Packs an executable with its licence. The archive has the same bytes each time.
function Save-Executable([string] $From, [string] $Archive) {
    Copy-Item LICENSE $From
    # Not $Name: in the block, that is the name of the step.
    Invoke-Step "pack wsaot-$version-$Archive.tar.gz" {
        tar --create --gzip --file "$folder/wsaot-$version-$Archive.tar.gz" --directory $From `
            --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner wsaot LICENSE
    }
}

# With -Image: a static file, and the image that contains it.
function Publish-Executable([string] $Target, [switch] $Image) {
    $name = $Image ? "$Target-static" : $Target
    $runtime = $Target -replace '-v3$'
    # Files for different processors are compiled in different folders: none is taken for the other one.
    $arguments = @('-c', 'Release', '-r', $runtime, "-p:ArtifactsPath=$work/$Target.build", '-o', "$work/$name")
    if ($Target -ne $runtime) { $arguments += '-p:IlcInstructionSet=x86-64-v3' }
    if ($Image) {
        $arguments += @('-p:WsAotStatic=true', '-t:WsAotOciArchive', "-p:ContainerArchiveOutputPath=$folder/wsaot-$version-$Target.oci.tar")
    }

    Invoke-Step "publish for $name" { dotnet publish src/WsAot.App @arguments --verbosity quiet }
    Save-Executable "$work/$name" $name
}

# The tool lists the packages, and marks those that only the compiler uses. The runtime is linked in too, and libc if the file is static.
function Write-Sbom {
    Invoke-Step 'list what is inside' {
        dotnet tool restore
        if ($LASTEXITCODE -eq 0) {
            dotnet tool run dotnet-CycloneDX -- src/WsAot.App/WsAot.App.csproj --output $work --filename sbom.json --output-format Json `
                --set-name wsaot --set-version $version --set-type Application
        }
    }
    $runtime = Read-Command 'the version of the runtime' { dotnet msbuild src/WsAot.App -getProperty:BundledNETCoreAppPackageVersion }
    $libc = (Read-Command 'the version of libc' { ldd --version }).Split("`n")[0].Split(' ')[-1]
    $sbom = Get-Content -Raw "$work/sbom.json" | ConvertFrom-Json -AsHashtable
    $sbom.components += @(
        @{
            type = 'framework'; 'bom-ref' = 'dotnet-runtime'; name = '.NET runtime (NativeAOT)'; version = $runtime; scope = 'required'
            licenses = @(@{ license = @{ id = 'MIT' } })
        }
        @{
            type = 'library'; 'bom-ref' = 'glibc'; name = 'glibc'; version = $libc; scope = 'optional'
            description = 'Linked into the static files and images only.'; licenses = @(@{ license = @{ id = 'LGPL-2.1-or-later' } })
        }
    )
    ConvertTo-Json $sbom -Depth 32 | Set-Content "$folder/wsaot-$version.cdx.json"
}

function Write-Notes {
    $section = [regex]::Match((Get-Content -Raw CHANGELOG.md), "(?sm)^## $([regex]::Escape($version))[ \n].*?(?=^## |\z)").Value.Trim()
    if (-not $section) { throw "Release stopped: CHANGELOG.md has no section '## $version'." }
    if ($section.Split("`n")[0] -match 'unreleased') { Write-Host "   CHANGELOG.md still says that $version is unreleased" }
    Set-Content "$folder/RELEASE-NOTES.md" $section
}

function Write-Sums {
    $names = Get-ChildItem -File $folder | ForEach-Object Name | Sort-Object -CaseSensitive
    $names | ForEach-Object { "$((Get-FileHash "$folder/$_" -Algorithm SHA256).Hash.ToLowerInvariant())  $_" } | Set-Content "$folder/SHA256SUMS"
}

$given = $Output ? $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Output) : $null
Push-Location $PSScriptRoot
try {
    $changes = Read-Command 'git status' { git status --porcelain }
    if ($changes -and -not $AllowDirty) {
        throw "Release stopped: some files are not committed, so nobody could build the same. Commit them, or say -AllowDirty.`n$changes"
    }

    $version = Read-Command 'the version' { dotnet msbuild src/WsAot.App -getProperty:Version }
    $folder = $given ?? "$PSScriptRoot/artifacts/release/$version"
    $work = "$folder.work"
    if ((Test-Path $folder) -and (Get-ChildItem -Force $folder)) { throw "Release stopped: $folder is not empty." }
    if (Test-Path $work) { Remove-Item -Recurse $work }
    New-Item -ItemType Directory -Force $folder, $work | Out-Null

    # For each target two files, each published and packed; and the packages, what is inside, and the sums.
    Start-Steps 'release' (4 * $targets.Count + 3)
    Invoke-Step "pack $version" { dotnet pack WsAot.sln -c Release -o $folder "-p:ArtifactsPath=$work" --verbosity quiet }
    foreach ($target in $targets) {
        Publish-Executable $target
        Publish-Executable $target -Image
    }

    Write-Sbom
    Write-Notes
    Write-Sums
    Invoke-Step 'compare the sums' { Set-Location $folder; sha256sum --check --quiet SHA256SUMS }
    Save-Steps
    Get-ChildItem $folder | ForEach-Object { '{0,12:N0}  {1}' -f $_.Length, $_.Name } | Out-Host
    Write-Host $folder
}
catch {
    [Console]::Error.WriteLine($_.Exception.Message)
    exit 1
}
finally {
    if (Test-Path Variable:steps) { Stop-Steps }
    Pop-Location
}
