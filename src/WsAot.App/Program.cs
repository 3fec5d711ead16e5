using WsAot;
using WsAot.App.Pages;

WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
#if NATS
builder.AddNatsOptions();
#endif
return await WsServer.RunPreparedAsync(builder, args, static server =>
{
    server.AddPage("/", "text/html; charset=utf-8", Page.Read("index.html"));
    // The page uses this client for JSON-RPC routes.
    if (Page.Exists("client.js")) server.AddPage("/client.js", "text/javascript; charset=utf-8", Page.Read("client.js"));
#if NATS
    server.UseNatsIfConfigured();
#endif
});
