namespace WsAot.Testing.Tests.Handlers;

/// <summary>Tells what its request was.</summary>
[WsRoute("/request")]
public sealed class Request(WsConnection connection, WsRequest request)
{
    [OnOpen]
    public void Opened() => connection.Send(string.Join(
        '|',
        request.GetHeader("Host"),
        request.GetHeader("Origin"),
        request.BearerToken,
        request.GetCookie("session"),
        request.GetHeader("X-Test"),
        request.GetQueryValue("a b"),
        request.RemoteEndPoint));
}
