using WsAot.Conformance.Client;

namespace WsAot.Conformance.Suite;

/// <summary>What a case uses: connections to the server, which end with the case, and a time limit.</summary>
internal sealed class CaseContext(SuiteOptions options, CancellationToken cancellation) : IDisposable
{
    private readonly List<CaseConnection> _connections = [];

    public SuiteOptions Options { get; } = options;

    /// <summary>Cancelled when the time limit of the case is over.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>What the case waits for now, for the message when it times out.</summary>
    public string Waiting { get; set; } = "it had not connected";

    /// <summary>A TCP connection on which nothing was sent yet.</summary>
    public async Task<CaseConnection> ConnectAsync()
    {
        CaseConnection connection = await CaseConnection.OpenAsync(this);
        _connections.Add(connection);
        return connection;
    }

    /// <summary>A valid request, which the case can change.</summary>
    public HandshakeRequest NewRequest() => new(Options.Target);

    /// <summary>An open WebSocket connection.</summary>
    /// <param name="extensions">A Sec-WebSocket-Extensions header, or null.</param>
    public async Task<WebSocketClient> OpenAsync(string? extensions = null)
    {
        HandshakeRequest request = NewRequest();
        if (extensions is not null) request.Add("Sec-WebSocket-Extensions", extensions);
        return await OpenAsync(request);
    }

    /// <inheritdoc cref="OpenAsync(string?)"/>
    public async Task<WebSocketClient> OpenAsync(HandshakeRequest request)
    {
        CaseConnection connection = await ConnectAsync();
        await connection.SendAsync(request.ToBytes());
        HandshakeResponse response = await HandshakeResponse.ReadAsync(connection);
        return new WebSocketClient(connection, response.ExpectAccepted(request));
    }

    /// <summary>All traffic of the case, shortened.</summary>
    public string DescribeTraffic()
    {
        // The last connection is enough: it is the one that failed.
        return _connections.Count == 0 ? "" : _connections[^1].Trace.ToString();
    }

    public void Dispose()
    {
        foreach (CaseConnection connection in _connections) connection.Dispose();
    }
}
