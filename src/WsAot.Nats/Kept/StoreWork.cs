using WsAot.Nats.Connecting;

namespace WsAot.Nats.Kept;

/// <summary>Work that needs NATS, and is repeated until it succeeds.</summary>
/// <param name="link">The connection.</param>
/// <param name="name">The topic.</param>
/// <param name="closed">Cancels the work.</param>
internal sealed class StoreWork(NatsLink link, string name, CancellationToken closed)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);

    public async Task TryUntilDoneAsync(Func<Task> work)
    {
        while (!closed.IsCancellationRequested)
        {
            try
            {
                await link.WaitUntilOpenAsync(closed).ConfigureAwait(false);
                await work().ConfigureAwait(false);
                return;
            }
            catch (Exception exception)
            {
                if (closed.IsCancellationRequested) return;
                link.Log.StoreFailed(name, exception.GetBaseException().Message);
                await Task.Delay(s_pause, closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
