using Server;
using WsAot;

return await WsServer.RunAsync(WsRoutes.Table, args).ConfigureAwait(false);
