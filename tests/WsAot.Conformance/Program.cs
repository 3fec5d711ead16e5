using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;
using WsAot.Conformance;
using WsAot.Conformance.Suite;
using WsAot.TestKit.Reporting;
using WsAot.TestKit.Sockets;

const int wrongUsage = 2;

CommandLine commandLine;
try
{
    if (args is ["--help"] or ["-h"])
    {
        Console.WriteLine(CommandLine.Usage);
        return 0;
    }

    commandLine = CommandLine.Parse(args);
}
catch (FormatException exception)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(CommandLine.Usage);
    return wrongUsage;
}

SuiteOptions options = commandLine.Options;
if (commandLine.IsList)
{
    IReadOnlyList<CaseGroup> groups = CaseCatalog.Create(options);
    foreach (CaseGroup group in groups)
    {
        Console.WriteLine(group.Title);
        foreach (ConformanceCase one in group.Cases) Console.WriteLine($"  {one.Id,-48}  {one.Name}: {one.Expectation}");
    }

    Console.WriteLine($"{groups.Sum(static group => group.Cases.Count)} cases");
    return 0;
}

try
{
    using CancellationTokenSource guard = new(options.Guard);
    using RawConnection probe = new(guard.Token);
    await probe.ConnectAsync(options.Target);
}
catch (Exception exception) when (exception is SocketException or AuthenticationException or OperationCanceledException)
{
    Console.Error.WriteLine($"No server answers at {options.Target}: {exception.Message}");
    return wrongUsage;
}

using RunProgress progress = RunProgress.OnConsole();
IReport report = commandLine.IsJson ? new JsonReport(Console.OpenStandardOutput()) : new TextReport(progress.Above(Console.Out));
long start = Stopwatch.GetTimestamp();
List<CaseResult> results = [];
progress.ExpectSteps(CaseCatalog.Create(options).Sum(static group => group.Cases.Count));
progress.Begin("the first cases");
await foreach (CaseResult result in SuiteRunner.RunAsync(options))
{
    report.Add(result);
    results.Add(result);
    progress.Begin(result.Group.Title);
}

progress.Dispose();
report.Finish(results, Stopwatch.GetElapsedTime(start));
return results.Any(static result => result.Outcome == CaseOutcome.Failed) ? 1 : 0;
