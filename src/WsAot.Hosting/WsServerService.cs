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
            // The server was stopped while it started. The registration below stops the host.
        }

        // If the server stops on its own, because its work failed or other code stopped it, the host must stop too.
        server.Stopping.UnsafeRegister(static lifetime => ((IHostApplicationLifetime)lifetime!).StopApplication(), lifetime);
    }

    /// <param name="cancellationToken">Cancelled when the host's shutdown timeout has passed: open connections are dropped.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await server.StopAsync(cancellationToken).ConfigureAwait(false);
        // The host fails with this exception, so that the process does not exit with 0.
        if (server.Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
    }
}
