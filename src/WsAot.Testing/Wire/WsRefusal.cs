namespace WsAot.Testing;

/// <summary>The answer to a request for a WebSocket that the server, or an <c>[OnUpgrade]</c> method, has refused.</summary>
public sealed class WsRefusal : WsTestResponse
{
    internal WsRefusal(WsTestResponse response)
        : base(response)
    {
    }
}
