using Microsoft.Extensions.Logging;
using WsAot.Connections;
using WsAot.Logging;

namespace WsAot.Server;

/// <summary>One piece of the application's background work. See <see cref="WsServerBuilder.AddBackgroundWork"/>.</summary>
internal sealed class BackgroundWork(string name, Func<WsServer, CancellationToken, Task> work, WsBackgroundFailure onFailure)
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(30);

    public string Name => name;

    /// <summary>Runs the work until it ends. Its exceptions are logged, and none is thrown from here.</summary>
    /// <param name="context">The context of the server, whose stopping cancels the work.</param>
    /// <param name="onFailed">Called once with the exception of the work, if that is to end the server.</param>
    public async Task RunAsync(ServerContext context, Action<Exception> onFailed)
    {
        WsServer server = context.Server;
        ILogger logger = context.Logger;
        TimeProvider time = context.TimeProvider;
        TimeSpan delay = s_firstDelay;
        while (true)
        {
            long start = time.GetTimestamp();
            try
            {
                await work(server, server.Stopping);
                return;
            }
            catch (OperationCanceledException) when (server.Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (onFailure == WsBackgroundFailure.Restart)
            {
                // An exception while the server stops is not a failure, because the work would only have been restarted. Work that has run
                // for a while has recovered, so its next failure starts with the shortest delay.
                if (time.GetElapsedTime(start) > s_longestDelay) delay = s_firstDelay;
                Log.WorkRestarts(logger, exception, name, (int)delay.TotalMilliseconds);
            }
            catch (Exception exception)
            {
                Log.WorkFailed(logger, exception, name);
                onFailed(exception);
                return;
            }

            // Keeps the context, because a test runs the work on its own thread.
            await Task.Delay(delay, time, server.Stopping).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (server.Stopping.IsCancellationRequested) return;
            delay = delay + delay < s_longestDelay ? delay + delay : s_longestDelay;
        }
    }
}
