using WsAot.Routing;
using WsAot.Testing;

WsTestServer server = WsTestServer.Create(
    WsRouteTable.Combine(Server.WsRoutes.Table, Library.WsRoutes.Table, Host.WsRoutes.Table));
await using (server.ConfigureAwait(false))
{
    WsTestClient client = await server.ConnectAsync("/echo").ConfigureAwait(false);
    await client.SendAsync("hello from the server").ConfigureAwait(false);
    Console.WriteLine(await client.ReceiveTextAsync().ConfigureAwait(false));
    foreach (string path in (string[])["/library/hello", "/host/hello"])
    {
        client = await server.ConnectAsync(path).ConfigureAwait(false);
        Console.WriteLine(await client.ReceiveTextAsync().ConfigureAwait(false));
    }
}
