# How far a script is: its steps are numbered, and the time that each of them takes is kept for the next run, which can then say about how
# long the rest takes. On a terminal, a line on top shows the same. A script that uses it runs these functions in its own scope.

# Before the first step. Runs of the same name have the same steps.
function Start-Steps([string] $Name, [int] $Count) {
    # As dotnet has it: a folder of its own keeps a run apart from others.
    $folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath(($env:ArtifactsPath ?? "$PSScriptRoot/../artifacts"))
    $script:steps = @{
        Name = $Name; Count = $Count; Number = 0; File = "$folder/steps/$Name.json"
        Watch = [System.Diagnostics.Stopwatch]::StartNew(); Begin = 0.0; Seconds = @(); Former = @()
    }
    if (-not (Test-Path -LiteralPath $steps.File)) { return }
    # A file that is broken is as good as none.
    try { $former = @(Get-Content -Raw -LiteralPath $steps.File | ConvertFrom-Json) } catch { return }
    if ($former.Count -eq $Count) { $steps.Former = $former }
}

function Enter-Step([string] $Name) {
    $steps.Begin = $steps.Watch.Elapsed.TotalSeconds
    $steps.Number++
    $left = ''
    $progress = @{
        Activity = $steps.Name; Status = "$($steps.Number) of $($steps.Count): $Name"
        PercentComplete = [Math]::Min(100, 100 * ($steps.Number - 1) / $steps.Count)
    }
    if ($steps.Former) {
        $rest = ($steps.Former | Select-Object -Skip ($steps.Number - 1) | Measure-Object -Sum).Sum
        $left = ", about $(Format-Seconds $rest) left"
        $progress.SecondsRemaining = [int]$rest
    }

    Write-Progress @progress
    Write-Host "== $($steps.Number) of $($steps.Count) after $(Format-Seconds $steps.Begin)${left}: $Name"
}

function Exit-Step {
    $took = $steps.Watch.Elapsed.TotalSeconds - $steps.Begin
    $steps.Seconds += $took
    Write-Host "   $(Format-Seconds $took)"
}

# After the last step, if all went well: what each took is kept.
function Save-Steps {
    # The work is done: a folder that cannot be written costs only the estimate of the next run.
    try {
        New-Item -ItemType Directory -Force (Split-Path $steps.File) | Out-Null
        ConvertTo-Json -InputObject $steps.Seconds | Set-Content -LiteralPath $steps.File
    }
    catch { Write-Host "   the times of the steps are not kept: $($_.Exception.Message)" }
}

# However it ends.
function Stop-Steps { Write-Progress -Activity $steps.Name -Completed }

function Format-Seconds([double] $Seconds) {
    return $Seconds -le 90 ? ('{0:F0} s' -f $Seconds) : ('{0:F0} min' -f [Math]::Ceiling($Seconds / 60))
}
