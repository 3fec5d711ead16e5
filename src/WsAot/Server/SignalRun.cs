namespace WsAot.Server;

/// <summary>The life of a server from its start to a signal.</summary>
internal static class SignalRun
{
    /// <summary>See <see cref="WsServer.RunUntilSignalAsync"/>.</summary>
    /// <param name="server">The server, not yet started.</param>
    /// <param name="announce">Called with the addresses when the server listens; null: nobody waits for them.</param>
    /// <param name="cancellationToken">Stops the server, as a signal does.</param>
    public static async Task<bool> RunAsync(WsServer server, Action<IReadOnlyList<string>>? announce, CancellationToken cancellationToken)
    {
        using var signals = new StopSignals();
        using CancellationTokenRegistration asked = cancellationToken.UnsafeRegister(Ask, signals);
        using CancellationTokenRegistration stopping = server.Stopping.UnsafeRegister(Ask, signals);
        Task start = server.StartAsync(CancellationToken.None);
        // A hook of the start is awaited: a stop does not wait for it.
        if (!start.IsCompleted) signals.Asked.GetAwaiter().UnsafeOnCompleted(() => server.StopAsync(CancellationToken.None));
        try
        {
            await start.ConfigureAwait(false);
            announce?.Invoke(server.Urls);
            await signals.Asked.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == server.Stopping)
        {
            // Stopped as asked, before it was ready.
        }

        await server.StopAsync(CancellationToken.None).ConfigureAwait(false);
        return server.Failure is null;

        static void Ask(object? signals) => ((StopSignals)signals!).Ask();
    }
}
