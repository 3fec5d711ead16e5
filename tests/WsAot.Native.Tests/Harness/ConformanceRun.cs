using WsAot.Conformance.Suite;

namespace WsAot.Native.Tests.Harness;

/// <summary>Runs the conformance suite against a server and fails with the table of what did not pass.</summary>
internal static class ConformanceRun
{
    /// <summary>Every case, or those of the options, must pass, and so many at least must be asked.</summary>
    public static async Task ExpectAllToPassAsync(SuiteOptions options, int atLeast)
    {
        await using StringWriter table = new();
        TextReport report = new(table);
        int count = 0;
        bool allPassed = true;
        await foreach (CaseResult result in SuiteRunner.RunAsync(options))
        {
            count++;
            allPassed &= result.Outcome == CaseOutcome.Passed;
            if (result.Outcome != CaseOutcome.Passed) report.Add(result);
        }

        Assert.True(allPassed, table.ToString());
        Assert.InRange(count, atLeast, int.MaxValue);
    }
}
