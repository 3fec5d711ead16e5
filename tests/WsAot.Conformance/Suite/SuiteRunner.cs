using System.Diagnostics;
using System.Net.Sockets;

namespace WsAot.Conformance.Suite;

/// <summary>Runs cases side by side and hands out their results in the order of the catalog.</summary>
internal static class SuiteRunner
{
    public static async IAsyncEnumerable<CaseResult> RunAsync(SuiteOptions options)
    {
        using SemaphoreSlim places = new(options.Jobs);
        List<Task<CaseResult>> running = [];
        foreach (CaseGroup group in CaseCatalog.Create(options))
        {
            foreach (ConformanceCase one in group.Cases) running.Add(RunInTurnAsync(group, one, options, places));
        }

        foreach (Task<CaseResult> result in running) yield return await result;
    }

    private static async Task<CaseResult> RunInTurnAsync(CaseGroup group, ConformanceCase one, SuiteOptions options, SemaphoreSlim places)
    {
        string? skipReason = one.SkipReason ?? (IdPattern.AnyFits(options.Skip, one.Id) ? "left out by --skip" : null);
        if (skipReason is not null) return new CaseResult(group, one, CaseOutcome.Skipped, skipReason, "", TimeSpan.Zero);

        await places.WaitAsync();
        try
        {
            return await RunAsync(group, one, options);
        }
        finally
        {
            places.Release();
        }
    }

    private static async Task<CaseResult> RunAsync(CaseGroup group, ConformanceCase one, SuiteOptions options)
    {
        TimeSpan guard = one.IsLarge ? options.LargeGuard : options.Guard;
        using CancellationTokenSource source = new(guard);
        CaseContext context = new(options, source.Token);
        long start = Stopwatch.GetTimestamp();
        string? problem = null;
        try
        {
            await one.RunAsync(context);
        }
        catch (CaseFailedException failure)
        {
            problem = failure.Message;
        }
        catch (OperationCanceledException) when (source.IsCancellationRequested)
        {
            problem = $"The case did not end within {guard.TotalSeconds:0.#} s: {context.Waiting}.";
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            problem = $"The connection broke: {exception.Message}";
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        CaseOutcome outcome = problem is null ? CaseOutcome.Passed : CaseOutcome.Failed;
        CaseResult result = new(group, one, outcome, problem, problem is null ? "" : context.DescribeTraffic(), time);
        context.Dispose();
        return result;
    }
}
