using System.Diagnostics;
using WsAot.Connections;
using WsAot.Protocol.Handshake;
using WsAot.Timers;
using WsAot.Transport;

namespace WsAot.Handshake;

/// <summary>
/// A connection whose PROXY protocol header is being read, before TLS. Afterwards it begins again as the connection of the client that the
/// header names. Only addresses with that protocol have such connections.
/// </summary>
internal sealed class ProxyHeaderConnection(
    HandshakeContext context, LoopState loop, LoopHandshakes handshakes, TransportConnection transport) : TimerNode, IConnectionHandler
{
    private const string ProxyProtocol = "--proxy-protocol";

    private ProxyHeaderReader _reader;
    private ConnectionPlace _place;

    /// <summary>Takes a place and waits for the header, unless the peer is not a trusted proxy.</summary>
    public void Begin()
    {
        if (!context.Forwarded.Proxies.Contains(transport.RemoteAddress))
        {
            Refuse(403, "the peer is not a trusted proxy", "--trusted-proxies");
            return;
        }

        _place = handshakes.TakePlace();
        int timeoutMs = context.Server.Options.HandshakeTimeoutMs;
        if (_place == ConnectionPlace.None) Refuse(503, "the connection limit is reached", "--max-connections");
        else loop.Timers.Schedule(this, loop.NowMs + timeoutMs);
    }

    public void OnReceived(Span<byte> bytes)
    {
        loop.BeginTurn();
        IPreamble preamble = transport.Preamble!;
        switch (_reader.Read(bytes, out int taken))
        {
            case ProxyHeaderStatus.NeedMoreData:
                preamble.Take(taken);
                break;
            case ProxyHeaderStatus.Done:
                preamble.Take(taken);
                ReturnPlace();
                preamble.End(Client());
                break;
            case ProxyHeaderStatus.NotAProxyHeader:
                Refuse(400, "the connection does not begin with a PROXY protocol header", ProxyProtocol);
                break;
            default:
                Refuse(400, "the PROXY protocol header is malformed", ProxyProtocol);
                break;
        }
    }

    public void OnPeerShutdown() => transport.Close();

    public void OnOutputProgress()
    {
        // The connection has no output.
    }

    public void OnClosed()
    {
        loop.Timers.Cancel(this);
        handshakes.Remove(this);
        ReturnPlace();
    }

    /// <summary>The server is stopping.</summary>
    public void OnStopping() => transport.Close();

    internal override void OnDue(long nowMs)
    {
        int timeoutMs = context.Server.Options.HandshakeTimeoutMs;
        Refuse(408, $"the PROXY protocol header took longer than {timeoutMs} ms", "--handshake-timeout-ms");
    }

    private PeerAddress Client()
    {
        // Section 2.2: a connection of the proxy itself has the proxy's address. So has a connection whose client is unknown.
        if (_reader.Source == ProxySource.Proxy) return transport.RemoteAddress;
        if (_reader.Source == ProxySource.Unknown) return transport.RemoteAddress.AsRelay();
        Span<byte> address = stackalloc byte[IPText.MaxLength];
        return new PeerAddress(address[.._reader.CopySource(address)], _reader.SourcePort);
    }

    private void Refuse(int statusCode, string reason, string option)
    {
        Debug.Assert(!transport.IsClosed, "A connection is refused only once.");
        loop.Counters.Answers.Add(0, HandshakeConnection.ReasonFor(statusCode, reason, option));
        HandshakeConnection.LogRefused(loop, transport, statusCode, $"{reason}; reset without an answer", default, option);
        transport.Abort();
    }

    private void ReturnPlace()
    {
        handshakes.ReturnPlace(_place);
        _place = ConnectionPlace.None;
    }
}
