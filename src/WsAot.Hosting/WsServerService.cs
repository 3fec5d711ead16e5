using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Hosting;

namespace WsAot.Hosting;

/// <summary>Starts and stops the server with the host.</summary>
internal sealed class WsServerService(WsServer server, IHostApplicationLifetime lifetime) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await server.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (server.Stopping.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Somebody has stopped it while it started. The host is told below.
        }

        // A server that stops by itself, because its work failed or somebody stopped it, is no use to the host.
        server.Stopping.UnsafeRegister(static lifetime => ((IHostApplicationLifetime)lifetime!).StopApplication(), lifetime);
    }

    /// <param name="cancellationToken">Cancelled when the host's shutdown timeout has passed: open connections are dropped.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await server.StopAsync(cancellationToken).ConfigureAwait(false);
        // The host ends with it, so that the process does not end with 0.
        if (server.Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
    }
}
