namespace WsAot;

/// <content>Hooks that run when the server has started.</content>
public sealed partial class WsServerBuilder
{
    /// <summary>
    /// Adds a hook that is called when the server listens. Hooks run in the order in which they were added, on the caller of <see
    /// cref="WsServer.Start"/> or <see cref="WsServer.StartAsync"/>. If the hook throws an exception, the server is stopped again, and the
    /// start fails with that exception.
    /// </summary>
    /// <param name="hook">
    /// Gets the server. An asynchronous hook must return a <see cref="Task"/>: a <see cref="ValueTask"/> is not awaited.
    /// </param>
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
    /// <param name="hook">Gets the server, and a token that is cancelled when the start is cancelled or the server is stopped.</param>
    public WsServerBuilder OnStarted(Func<WsServer, CancellationToken, Task> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        ToHooks().AddStarted(hook);
        return this;
    }
}
