using WsAot.Connections;
using WsAot.Logging;
using WsAot.Loops;

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
    private readonly Probe[] _probes = Array.ConvertAll(loops, static loop => new Probe(loop));
    private bool _isLateLogged;

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (Probe probe in _probes) probe.Ask();
            await Task.Delay(interval, server.TimeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!cancellationToken.IsCancellationRequested) Look();
        }
    }

    private void Look()
    {
        int late = Array.FindIndex(_probes, static probe => probe.IsOut);
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

    /// <summary>A question to a loop, which it answers between two connections.</summary>
    private sealed class Probe(LoopState loop) : LoopWorkItem
    {
        private volatile bool _isOut;

        /// <summary>Whether the loop has not answered.</summary>
        public bool IsOut => _isOut;

        public void Ask()
        {
            if (_isOut) return;
            _isOut = true;
            loop.Post(this);
        }

        public override void Run() => _isOut = false;
    }
}
