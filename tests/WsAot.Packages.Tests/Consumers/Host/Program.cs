using Host;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(args);
builder.Services.AddWsAot(WsRoutes.Table);
await builder.Build().RunAsync().ConfigureAwait(false);
