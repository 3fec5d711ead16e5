using Ticker;
using WsAot;

return await WsServer.RunAsync(WsRoutes.Table, args, Application.Configure);
