using WsAot.Connections;
using WsAot.Logging;
using WsAot.Server;

namespace WsAot.Processes;

/// <summary>
/// Sends signs of life as long as every loop answers. If a loop hangs in a handler, the signs stop, and the service manager restarts the
/// server.
/// </summary>
/// <param name="loops">The loops.</param>
/// <param name="interval">How often each loop is asked: half of the time that the manager waits.</param>
/// <param name="feed">Sends a sign of life.</param>
/// <param name="server">The server.</param>
internal sealed class Watchdog(LoopState[] loops, TimeSpan interval, Action feed, ServerContext server)
{
    private readonly LoopDelay[] _delays = Array.ConvertAll(loops, static loop => new LoopDelay(loop));
    private bool _isLateLogged;

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (LoopDelay delay in _delays) delay.Probe();
            await Task.Delay(interval, server.TimeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellationToken.IsCancellationRequested) Look();
        }
    }

    private void Look()
    {
        int late = Array.FindIndex(_delays, static delay => delay.IsOnItsWay);
        if (late < 0)
        {
            _isLateLogged = false;
            feed();
        }
        else if (!_isLateLogged)
        {
            _isLateLogged = true;
            ProcessLog.LoopLate(server.Logger, late, (int)interval.TotalMilliseconds);
        }
    }
}
