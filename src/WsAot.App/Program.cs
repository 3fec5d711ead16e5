using WsAot;
using WsAot.App.Pages;

WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
#if NATS
builder.AddNatsOptions();
#endif
return await WsServer.RunPreparedAsync(builder, args, static server =>
{
    server.AddPage("/", "text/html; charset=utf-8", Page.Read("index.html"));
#if NATS
    server.UseNatsIfConfigured();
#endif
});
