using System.Diagnostics;

namespace WsAot.Nats.Tests.Harness;

/// <summary>Waits for what another process or thread does.</summary>
internal static class Wait
{
    // A guard only: what is waited for comes much sooner.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public static async Task UntilAsync(Func<bool> condition, Func<string>? complaint = null)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > s_patience) Assert.Fail($"It did not happen; {complaint?.Invoke()}");
            await Task.Delay(5);
        }
    }

    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string>? complaint = null)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > s_patience) Assert.Fail($"It did not happen; {complaint?.Invoke()}");
            await Task.Delay(20);
        }
    }
}
