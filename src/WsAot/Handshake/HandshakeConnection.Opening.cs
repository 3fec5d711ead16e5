using WsAot.Compression;
using WsAot.Connections;
using WsAot.Logging;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Handshake;
using WsAot.Routing;
using WsAot.Services;

namespace WsAot.Handshake;

/// <summary>Opens a connection: asks the application, creates the handler, and hands over to a session.</summary>
internal sealed partial class HandshakeConnection
{
    private void Upgrade(WsRoute route, WsRequest request, IServiceProvider services)
    {
        // Usually the handler has no OnUpgrade method.
        if ((route.Events & WsHandlerEvents.Upgrade) != 0) Decide(route, request, services);
        else OpenOrEnd(route, request, WsUpgrade.Accept(), services);
    }

    /// <summary>Asks the application and answers as it decides, at once or later on this loop.</summary>
    private async void Decide(WsRoute route, WsRequest request, IServiceProvider services)
    {
        _decision = new CancellationTokenSource();
        _asked = request;
        WsUpgrade? answer = null;
        try
        {
            answer = await route.OnUpgrade(request, services, _decision.Token)
                ?? throw new InvalidOperationException("OnUpgrade returned null.");
        }
        catch (Exception exception)
        {
            RefuseAfter(exception, route);
        }

        // The request may have been answered meanwhile, because it timed out or more data arrived.
        bool isOpen = !_isAnswered && !_transport.IsClosed;
        if (answer is { IsAccepted: true } && isOpen)
        {
            OpenOrEnd(route, request, answer, services);
            return;
        }

        if (answer is not null && isOpen) Refuse(answer.StatusCode, RejectedByApplication, request.Head, null, [.. answer.Headers]);
        End(services);
    }

    private void CancelDecision()
    {
        try
        {
            _decision!.Cancel();
        }
        catch (AggregateException exception)
        {
            Log.DecisionFailed(Logger, exception, RemoteEndPoint);
        }
    }

    /// <summary>Opens the connection. If that fails, disposes the services created for it.</summary>
    private void OpenOrEnd(WsRoute route, WsRequest request, WsUpgrade answer, IServiceProvider services)
    {
        if (!TryOpen(route, request, answer, services)) End(services);
    }

    private void End(IServiceProvider services)
    {
        if (services is ConnectionServices own) loop.End(own);
    }

    /// <returns>False if no session has taken over the services.</returns>
    private bool TryOpen(WsRoute route, WsRequest request, WsUpgrade answer, IServiceProvider services)
    {
        RequestHead head = request.Head;
        if (answer.Subprotocol is { } chosen && !Subprotocols.IsOffered(head, chosen))
        {
            // Section 4.2.2: if the server selected a subprotocol that was not offered, the client would fail the connection.
            RefuseAfter(
                new InvalidOperationException($"OnUpgrade selected the subprotocol '{chosen}', which the client did not offer."), route);
            return false;
        }

        string? subprotocol = answer.Subprotocol ?? Subprotocols.Select(head, route.Options.Subprotocols);
        RouteSettings settings = handshakes.SettingsOf(route);
        // From here on the connection is this client's: a WebSocket has no further requests.
        if (_forwarded is not null) _transport.RemoteAddress = ClientAddress;
        SharedNames names = settings.NamesOf(request, subprotocol);
        var session = new Session(loop, _transport, settings, context.Server.NextConnectionId(), names);
        string? extensions = null;
        if (CompressionFeature.IsSupported && settings.Deflate is { } policy
            && DeflateNegotiation.TryAccept(head, policy, out DeflateParameters parameters, out extensions))
        {
            session.UseCompression(parameters);
        }

        if (answer.User is { } user && !session.TryEnterAs(user))
        {
            session.Discard();
            RefuseUser(head, user);
            return false;
        }

        try
        {
            request.UpgradeWithValue = answer.WithValue;
            session.CreateHandler(request, services);
            request.UpgradeWithValue = null;
        }
        catch (Exception exception)
        {
            session.Discard();
            RefuseAfter(exception, route);
            return true;
        }

        _isAnswered = true;
        head.TryGetHeader("sec-websocket-key"u8, out ReadOnlySpan<byte> key);
        HttpResponse.SwitchProtocols(_transport, key, subprotocol, extensions, Hsts, answer.Headers);
        loop.Timers.Cancel(this);
        handshakes.Remove(this);
        _transport.Handler = session;
        _place = ConnectionPlace.HandedOver;
        HandOverAddress(session);
        session.Open();
        return true;
    }
}
