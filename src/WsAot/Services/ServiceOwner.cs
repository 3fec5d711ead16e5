using Microsoft.Extensions.Logging;
using WsAot.Logging;

namespace WsAot.Services;

/// <summary>Keeps the services that factories created once, and disposes them with the server.</summary>
internal sealed class ServiceOwner
{
    private readonly List<object> _made = [];
    private bool _isDisposed;

    /// <summary>Held while a factory runs.</summary>
    public Lock Making { get; } = new();

    /// <summary>Keeps a new service. Called under the lock.</summary>
    /// <exception cref="ObjectDisposedException">The server has been disposed, so the service is not used.</exception>
    public void Add(object made)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, typeof(WsServices));
        // Two factories may return the same object under different interfaces.
        if (made is IAsyncDisposable or IDisposable && !_made.Exists(other => ReferenceEquals(other, made))) _made.Add(made);
    }

    public async ValueTask DisposeAsync(ILogger logger)
    {
        lock (Making) _isDisposed = true;
        for (int i = _made.Count - 1; i >= 0; i--)
        {
            try
            {
                if (_made[i] is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync().ConfigureAwait(false);
                else ((IDisposable)_made[i]).Dispose();
            }
            catch (Exception exception)
            {
                Log.DisposeFailed(logger, exception);
            }
        }

        _made.Clear();
    }
}
