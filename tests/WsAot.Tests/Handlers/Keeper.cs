namespace WsAot.Tests.Handlers;

/// <summary>Keeps the request that its constructor was given.</summary>
[WsRoute("/kept/{name}")]
internal sealed class Keeper(WsConnection connection, WsRequest request, string name)
{
    [OnText]
    public void Asked(string header) => connection.Send($"{request.Path} {name} {request.GetHeader(header)} {connection.Path}");
}
