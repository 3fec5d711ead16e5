using WsAot.Tests.Harness;

namespace WsAot.Tests.Handlers;

/// <summary>Takes services that a container makes for each connection, in its upgrade and in its constructor.</summary>
[WsRoute("/in-scope")]
internal sealed class InScope(WsConnection connection, ConnectionResource resource, Script script)
{
    [OnUpgrade]
    public static async ValueTask<WsUpgrade> Asked(WsRequest request, ConnectionResource resource, Script script)
    {
        if (request.GetQueryValue("wait") is not null) await script.Gate.PassAsync();
        resource.Note("asked");
        if (request.GetQueryValue("throw") is not null) throw new InvalidOperationException("oops");
        return request.GetQueryValue("reject") is null ? WsUpgrade.Accept() : WsUpgrade.Reject(401);
    }

    [OnOpen]
    public void Opened() => resource.Note("opened");

    [OnText]
    public void Said(string text) => connection.Send(text + (connection.Services.GetService(typeof(ConnectionResource)) == resource));

    [OnClose]
    public async Task Closed()
    {
        await script.Gate.PassAsync();
        resource.Note("closed");
    }
}
