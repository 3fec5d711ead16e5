using WsAot.Connections;

namespace WsAot.Server;

/// <summary>
/// The application's hooks into the life of the server. Abstract, so that an application without hooks does not contain their code.
/// </summary>
internal abstract class ServerHooks
{
    /// <summary>Starts background work: on the thread pool, or on a test's own thread.</summary>
    public Func<Func<Task>, Task> StartWork { get; set; } = Task.Run;

    /// <summary>The first exception of work that was to end the server; null if there was none. Any thread.</summary>
    public abstract Exception? Failure { get; }

    /// <summary>Like <see cref="OnStartedAsync"/>, but blocks the thread until it has ended.</summary>
    public abstract void OnStarted(ServerContext context);

    /// <summary>
    /// The server listens. Calls the hooks one after the other, then starts the background work. If a hook fails, the server is stopped.
    /// </summary>
    /// <param name="context">The server's context.</param>
    /// <param name="cancellationToken">Cancelled when the start is abandoned.</param>
    public abstract Task OnStartedAsync(ServerContext context, CancellationToken cancellationToken);

    /// <summary>
    /// The server begins to stop. Calls the hooks one after the other, and waits for them until the drain times out or ends.
    /// </summary>
    /// <param name="context">The server's context.</param>
    /// <param name="drain">Cancelled when the drain is ended early.</param>
    public abstract Task OnStoppingAsync(ServerContext context, CancellationToken drain);

    /// <summary>
    /// Waits for the background work, whose token is already cancelled. The work gets the same time as the hooks and the connections.
    /// </summary>
    public abstract Task WaitForWorkAsync(ServerContext context);
}
