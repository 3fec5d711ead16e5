namespace WsAot.Server;

/// <summary>The life of a server from its start to a signal.</summary>
internal static class SignalRun
{
    /// <summary>See <see cref="WsServer.RunUntilSignalAsync"/>.</summary>
    /// <param name="server">The server, not yet started.</param>
    /// <param name="announce">Called with the addresses when the server listens; may be null.</param>
    /// <param name="cancellationToken">Stops the server, like a signal.</param>
    public static async Task<bool> RunAsync(WsServer server, Action<IReadOnlyList<string>>? announce, CancellationToken cancellationToken)
    {
        using var signals = new StopSignals();
        using CancellationTokenRegistration asked = cancellationToken.UnsafeRegister(Ask, signals);
        using CancellationTokenRegistration stopping = server.Stopping.UnsafeRegister(Ask, signals);
        Task start = server.StartAsync(CancellationToken.None);
        // A start hook is still running. The stop does not wait for it.
        if (!start.IsCompleted) signals.Asked.GetAwaiter().UnsafeOnCompleted(() => server.StopAsync(CancellationToken.None));
        try
        {
            await start.ConfigureAwait(false);
            announce?.Invoke(server.Urls);
            await signals.Asked.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (exception.CancellationToken == server.Stopping)
        {
            // The server was stopped on request before it was ready.
        }

        await server.StopAsync(CancellationToken.None).ConfigureAwait(false);
        return server.Failure is null;

        static void Ask(object? signals) => ((StopSignals)signals!).Ask();
    }
}
