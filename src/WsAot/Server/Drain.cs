using WsAot.Connections;
using WsAot.Logging;

namespace WsAot.Server;

/// <summary>
/// Closes the connections of a server that accepts no more: in portions, with pauses, until the last connection has ended or the time is
/// over. All portions begin within half of that time, so that each client has the other half to answer.
/// </summary>
internal sealed class Drain
{
    /// <summary>How often it is checked whether all connections have ended.</summary>
    private static readonly TimeSpan s_checkInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>How often the loops check connections that wait for running calls.</summary>
    private const int LookMs = 100;

    private const int ProgressMs = 2000;

    private readonly ServerContext _server;
    private readonly LoopDrain[] _loops;
    private readonly Func<int> _countUnfinished;
    private readonly long _start;
    private readonly int _timeoutMs;
    private readonly int _count;
    private readonly int _portion;

    /// <param name="server">The server, which accepts no more.</param>
    /// <param name="loops">Its loops.</param>
    /// <param name="close">The code and reason for the clients.</param>
    /// <param name="countUnfinished">Counts the connections and handlers that have not ended.</param>
    /// <param name="start">The timestamp from which the time counts.</param>
    public Drain(ServerContext server, ServerLoop[] loops, StopClose close, Func<int> countUnfinished, long start)
    {
        WsServerOptions options = server.Options;
        (_server, _countUnfinished, _timeoutMs, _start) = (server, countUnfinished, options.DrainTimeoutMs, start);
        _loops = Array.ConvertAll(loops, loop => new LoopDrain(loop, close, _timeoutMs / 4));
        _count = Sum(static loop => loop.FirstCount);
        int portions = options.DrainIntervalMs == 0 ? 1 : Math.Max(1, _timeoutMs / 2 / options.DrainIntervalMs);
        _portion = Math.Max(options.DrainBatch, (_count + portions - 1) / portions);
    }

    /// <summary>Varies the pauses, so that servers that stop together do not close their portions together: a number from 0 to 1.</summary>
    public Func<double> NextJitter { get; init; } = Random.Shared.NextDouble;

    /// <summary>Called with the number of connections left, and the number at the start.</summary>
    public Action<int, int>? Progressed { get; init; }

    private double ElapsedMs => _server.TimeProvider.GetElapsedTime(_start).TotalMilliseconds;

    /// <param name="end">Ends the drain early.</param>
    /// <returns>The number of connections and handlers that are left.</returns>
    public async Task<int> RunAsync(CancellationToken end)
    {
        TimeProvider time = _server.TimeProvider;
        double nextPortionMs = ElapsedMs;
        double nextProgressMs = nextPortionMs + ProgressMs;
        double nextLookMs = nextPortionMs;
        while (true)
        {
            double nowMs = ElapsedMs;
            bool isPortionDue = nowMs >= nextPortionMs;
            if (isPortionDue) nextPortionMs = nowMs + (_server.Options.DrainIntervalMs * (0.5 + NextJitter()));
            if (isPortionDue || nowMs >= nextLookMs)
            {
                nextLookMs = nowMs + LookMs;
                Step(isPortionDue);
            }

            if (nowMs >= nextProgressMs)
            {
                nextProgressMs = nowMs + ProgressMs;
                Report((int)nowMs);
            }

            if (_countUnfinished() == 0 || end.IsCancellationRequested || nowMs >= _timeoutMs) break;
            await Task.Delay(s_checkInterval, time, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        int unfinished = _countUnfinished();
        int dropped = Sum(static loop => loop.ConnectionCount);
        if (_count > 0) DrainLog.Ended(_server.Logger, _count, (int)ElapsedMs, Sum(static loop => loop.CutOff), dropped);
        return unfinished;
    }

    private void Report(int elapsedMs)
    {
        int left = Sum(static loop => loop.ConnectionCount);
        DrainLog.Progress(_server.Logger, left, _count, elapsedMs);
        Progressed?.Invoke(left, _count);
    }

    /// <summary>Each loop closes its share of a portion, so that all loops finish at about the same time.</summary>
    private void Step(bool isPortionDue)
    {
        foreach (LoopDrain loop in _loops)
        {
            // Rounded up: one more connection does not matter.
            long share = _count == 0 ? _portion : (((long)_portion * loop.FirstCount) + _count - 1) / _count;
            loop.Step(isPortionDue ? share : 0);
        }
    }

    private int Sum(Func<LoopDrain, int> value)
    {
        int sum = 0;
        foreach (LoopDrain loop in _loops) sum += value(loop);
        return sum;
    }
}
