using System.Text;
using WsAot.Protocol.Handshake;
using WsAot.Testing.Running;
using WsAot.Testing.Wire;
using WsAot.Transport;
using WsAot.Transport.InMemory;

namespace WsAot.Testing;

/// <summary>Connections and requests.</summary>
public sealed partial class WsTestServer
{
    private readonly List<HttpExchange> _asked = [];

    /// <summary>Opens a WebSocket.</summary>
    /// <param name="target">The path and an optional query, percent-encoded: <c>/chat/lobby?page=2</c>.</param>
    /// <param name="configure">Sets headers, cookies, the origin and so on.</param>
    /// <exception cref="WsTestException">The request was refused; the message has the answer and the reason.</exception>
    public async Task<WsTestClient> ConnectAsync(string target, Action<WsTestRequest>? configure = null)
    {
        WsTestRequest request = Prepare(target, configure);
        InMemoryPeer peer = Connect(request);
        HttpExchange exchange = await AskAsync(request, peer, HttpText.Upgrade(request));
        WsTestResponse response = exchange.Response!;
        if (response.StatusCode != 101)
        {
            Pump.Do(peer.Shutdown);
            throw Explain($"Expected a WebSocket on {request.Target}, but the server answered: {response}", null);
        }

        CheckAccept(response);
        return Pump.Do(() => new WsTestClient(this, peer, request, response, exchange.Rest));
    }

    /// <summary>Requests a WebSocket that the server must refuse.</summary>
    /// <param name="target">The path and an optional query, percent-encoded.</param>
    /// <param name="configure">Sets headers, cookies, the origin and so on.</param>
    /// <returns>The answer: its status and headers.</returns>
    /// <exception cref="WsTestException">The connection was opened.</exception>
    public async Task<WsRefusal> RefusedAsync(string target, Action<WsTestRequest>? configure = null)
    {
        WsTestRequest request = Prepare(target, configure);
        InMemoryPeer peer = Connect(request);
        HttpExchange exchange = await AskAsync(request, peer, HttpText.Upgrade(request));
        Pump.Do(peer.Shutdown);
        if (exchange.Response!.StatusCode != 101) return new WsRefusal(exchange.Response);
        throw Explain($"Expected a refusal on {request.Target}, but the WebSocket was opened.", null);
    }

    /// <summary>Gets a page over plain HTTP.</summary>
    /// <param name="target">The path and an optional query, percent-encoded.</param>
    /// <param name="configure">Sets headers, cookies, the origin and so on.</param>
    /// <returns>The answer, whatever its status.</returns>
    public Task<WsTestResponse> GetAsync(string target, Action<WsTestRequest>? configure = null) =>
        SendAsync("GET", target, configure: configure);

    /// <summary>Posts a text over plain HTTP.</summary>
    /// <param name="target">The path and an optional query, percent-encoded.</param>
    /// <param name="body">The body, sent as UTF-8.</param>
    /// <param name="contentType">The media type.</param>
    /// <param name="configure">Sets headers, cookies, the origin and so on.</param>
    /// <returns>The answer, whatever its status.</returns>
    public Task<WsTestResponse> PostAsync(
        string target, string body, string contentType = "application/json", Action<WsTestRequest>? configure = null) =>
        SendAsync("POST", target, Encoding.UTF8.GetBytes(body), contentType, configure);

    /// <summary>Sends any request over plain HTTP.</summary>
    /// <param name="method">The method, such as <c>HEAD</c>.</param>
    /// <param name="target">The path and an optional query, percent-encoded.</param>
    /// <param name="body">The body; null for no body and no Content-Length.</param>
    /// <param name="contentType">The media type; null for none.</param>
    /// <param name="configure">Sets headers, cookies, the origin and so on.</param>
    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="WsTestException">There was no answer.</exception>
    public async Task<WsTestResponse> SendAsync(
        string method,
        string target,
        ReadOnlyMemory<byte>? body = null,
        string? contentType = null,
        Action<WsTestRequest>? configure = null)
    {
        WsTestRequest request = Prepare(target, configure);
        InMemoryPeer peer = Connect(request);
        HttpExchange exchange = await AskAsync(request, peer, HttpText.Plain(method, request, body, contentType), method == "HEAD");
        Pump.Do(peer.Shutdown);
        return exchange.Response!;
    }

    private static WsTestRequest Prepare(string target, Action<WsTestRequest>? configure)
    {
        if (!target.StartsWith('/')) throw new ArgumentException($"'{target}' is not a path: it must start with /.", nameof(target));
        var request = new WsTestRequest(target);
        configure?.Invoke(request);
        return request;
    }

    private static void CheckAccept(WsTestResponse response)
    {
        Span<byte> accept = stackalloc byte[AcceptKey.Length];
        AcceptKey.Compute(Encoding.ASCII.GetBytes(HttpText.Key), accept);
        if (response.GetHeader("Sec-WebSocket-Accept") == Encoding.ASCII.GetString(accept)) return;
        throw new WsTestException($"The server answered with a wrong Sec-WebSocket-Accept: {response}");
    }

    private InMemoryPeer Connect(WsTestRequest request)
    {
        if (request.ClientCertificate is not null && Server.Options.TlsClientCertificate == TlsClientCertificateMode.None)
        {
            throw new WsTestException(
                "The server does not ask clients for certificates: set its option TlsClientCertificate to Optional or Required, and "
                + "TlsClientCaFile to any name.");
        }

        try
        {
            return Pump.Look(() =>
            {
                InMemoryPeer peer = Pump.Transport.Connect(request.RemoteEndPoint);
                peer.WindowBytes = request.WindowBytes;
                peer.PretendedTls = request.IsSecure ? Tls(request.ClientCertificate) : null;
                return peer;
            });
        }
        catch (TransportException exception)
        {
            throw new WsTestException($"Cannot connect to {request.Target}: the server has stopped.", exception);
        }
    }

    private static TlsDetails Tls(TlsClientCertificate? clientCertificate) => new()
    {
        Protocol = "TLSv1.3",
        CipherSuite = "TLS_AES_128_GCM_SHA256",
        ClientCertificate = clientCertificate,
    };

    private async Task<HttpExchange> AskAsync(WsTestRequest request, InMemoryPeer peer, byte[] bytes, bool hasNoBody = false)
    {
        var exchange = new HttpExchange(request.Target, peer, hasNoBody);
        peer.ServerActed = () => Pump.MarkReady(exchange);
        Pump.Do(() =>
        {
            _asked.Add(exchange);
            peer.Send(bytes);
        });
        WaitEnd end = await Pump.WaitAsync(() => exchange.Response is not null, () => !exchange.IsEnded);
        Pump.Look(() => _asked.Remove(exchange));
        if (exchange.Response is not null) return exchange;
        string came = Encoding.UTF8.GetString(exchange.Rest);
        string reason = end == WaitEnd.TimedOut ? $"none came within {BusyTimeout}, the BusyTimeout" : "none came";
        throw Explain($"Expected an answer to the request for {request.Target}, but {reason}. Received: \"{came}\"", null);
    }
}
