namespace WsAot;

/// <content>What runs when the server has started.</content>
public sealed partial class WsServerBuilder
{
    /// <summary>
    /// Adds a hook that is called when the server listens, in the order in which hooks were added, where <see cref="WsServer.Start"/> or
    /// <see cref="WsServer.StartAsync"/> was called. If the hook throws an exception, the server is stopped again, and the start fails
    /// with it.
    /// </summary>
    /// <param name="hook">Gets the server. Asynchronous ones return a <see cref="Task"/>: a <see cref="ValueTask"/> is not awaited.</param>
    public WsServerBuilder OnStarted(Action<WsServer> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return OnStarted((server, _) =>
        {
            hook(server);
            return Task.CompletedTask;
        });
    }

    /// <summary>
    /// Adds an asynchronous hook that is called when the server listens. It is awaited before the next hook is called and before background
    /// work begins; clients can connect meanwhile. If it fails, the server is stopped again, and the start fails with its exception.
    /// </summary>
    /// <param name="hook">Gets the server.</param>
    public WsServerBuilder OnStarted(Func<WsServer, Task> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return OnStarted((server, _) => hook(server));
    }

    /// <inheritdoc cref="OnStarted(Func{WsServer, Task})"/>
    /// <param name="hook">Gets the server, and a token that is cancelled when the start is given up or the server is stopped.</param>
    public WsServerBuilder OnStarted(Func<WsServer, CancellationToken, Task> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        ToHooks().AddStarted(hook);
        return this;
    }
}
