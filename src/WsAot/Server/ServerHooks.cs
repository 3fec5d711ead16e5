using WsAot.Connections;

namespace WsAot.Server;

/// <summary>
/// What the application has hung into the life of the server. Abstract, so that an application without hooks does not carry their code.
/// </summary>
internal abstract class ServerHooks
{
    /// <summary>How background work is started: on the thread pool, unless a test runs it on its own thread.</summary>
    public Func<Func<Task>, Task> StartWork { get; set; } = Task.Run;

    /// <summary>The first exception of work that was to end the server; null if there was none. Any thread.</summary>
    public abstract Exception? Failure { get; }

    /// <summary>As <see cref="OnStartedAsync"/>, and blocks the thread until that is done.</summary>
    public abstract void OnStarted(ServerContext context);

    /// <summary>
    /// The server listens: calls the hooks in their order, each when the one before has ended, and begins the background work. If a hook
    /// fails, the server is stopped again.
    /// </summary>
    /// <param name="context">The server's context.</param>
    /// <param name="cancellationToken">Cancelled when the start is given up.</param>
    public abstract Task OnStartedAsync(ServerContext context, CancellationToken cancellationToken);

    /// <summary>The server begins to stop: calls the hooks in their order, and waits for them until the drain times out or ends.</summary>
    /// <param name="context">The server's context.</param>
    /// <param name="drain">Cancelled when the drain is ended early.</param>
    public abstract Task OnStoppingAsync(ServerContext context, CancellationToken drain);

    /// <summary>Waits for the background work, as long as for the hooks and the connections. Its token is cancelled already.</summary>
    public abstract Task WaitForWorkAsync(ServerContext context);
}
