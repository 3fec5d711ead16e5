using WsAot.Connections;
using WsAot.Logging;
using WsAot.Server;

namespace WsAot.Processes;

/// <summary>
/// Gives signs of life, as long as every loop answers: a loop that hangs in a handler ends them, and the service manager starts the server
/// again.
/// </summary>
/// <param name="loops">The loops.</param>
/// <param name="interval">How often each is asked; half of the time that the manager waits.</param>
/// <param name="feed">Gives a sign of life.</param>
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
