using WsAot.Routing;

namespace WsAot.Http;

/// <summary>A valid request for a connection, while the handler's OnUpgrade method looks at it.</summary>
internal sealed class Upgrade(HttpSession session, WsRoute route, WsRequest request)
{
    private CancellationTokenSource? _cancellation;

    public WsRoute Route { get; } = route;

    public WsRequest Request { get; } = request;

    /// <summary>Asks. The answer goes to the session: at once, or later on its loop.</summary>
    public void Begin(IServiceProvider services)
    {
        _cancellation = new CancellationTokenSource();
        _ = AskAsync(services, _cancellation.Token);
    }

    /// <summary>The connection is gone, or the time is over.</summary>
    public void Cancel()
    {
        try
        {
            _cancellation?.Cancel();
        }
        catch (AggregateException exception)
        {
            session.OnUpgradeFailed(this, exception);
        }
    }

    private async Task AskAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        WsUpgrade answer;
        try
        {
            answer = await Route.OnUpgrade(Request, services, cancellationToken)
                ?? throw new InvalidOperationException("OnUpgrade returned null.");
        }
        catch (Exception exception)
        {
            session.OnUpgradeFailed(this, exception);
            return;
        }

        session.OnUpgradeAnswered(this, answer);
    }
}
