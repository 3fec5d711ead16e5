using WsAot;
using WsAot.App.Pages;

return await WsServer.RunAsync(
    WsRoutes.Table, args, static server => server.AddPage("/", "text/html; charset=utf-8", Page.Read("index.html")));
