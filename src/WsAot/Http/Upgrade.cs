using WsAot.Hosting;
using WsAot.Routing;

namespace WsAot.Http;

/// <summary>
/// A valid request for a connection, while the handler's OnUpgrade method looks at it. The services are the server's, or the connection's own.
/// </summary>
internal sealed class Upgrade(HttpSession session, WsRoute route, WsRequest request, IServiceProvider services)
{
    private bool _areServicesTaken;
    private CancellationTokenSource? _cancellation;

    public WsRoute Route { get; } = route;

    public WsRequest Request { get; } = request;

    public IServiceProvider Services { get; } = services;

    /// <summary>Asks. The answer goes to the session: at once, or later on its loop.</summary>
    public void Begin()
    {
        if ((Route.Events & WsHandlerEvents.Upgrade) == 0)
        {
            OnAnswered(WsUpgrade.Accept());
            return;
        }

        _cancellation = new CancellationTokenSource();
        _ = AskAsync(_cancellation.Token);
    }

    /// <summary>The services are the session's from here on, which ends them.</summary>
    public void OnServicesTaken() => _areServicesTaken = true;

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

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        WsUpgrade answer;
        try
        {
            answer = await Route.OnUpgrade(Request, Services, cancellationToken)
                ?? throw new InvalidOperationException("OnUpgrade returned null.");
        }
        catch (Exception exception)
        {
            session.OnUpgradeFailed(this, exception);
            EndServices();
            return;
        }

        OnAnswered(answer);
    }

    private void OnAnswered(WsUpgrade answer)
    {
        session.OnUpgradeAnswered(this, answer);
        EndServices();
    }

    private void EndServices()
    {
        if (!_areServicesTaken && Services is ConnectionServices own) session.End(own);
    }
}
