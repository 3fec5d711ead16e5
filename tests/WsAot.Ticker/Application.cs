using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ticker.Accounts;
using Ticker.Prices;
using WsAot;

namespace Ticker;

/// <summary>What the ticker adds to the server. The tests configure theirs with the same function.</summary>
internal static class Application
{
    public static void Configure(WsServerBuilder builder)
    {
        TickerOptions options = builder.Configuration.GetSection("ticker").Get<TickerOptions>() ?? new();
        options.Check();
        builder.Services
            .Add(new AccountList(options.Accounts))
            .Add(services => new Market(options.Symbols, services.GetRequiredService<TimeProvider>()))
            .Add(services => new PricePublisher(
                services.GetRequiredService<Market>(),
                TimeSpan.FromMilliseconds(options.IntervalMs),
                services.GetRequiredService<WsServer>(),
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<PricePublisher>>()));
        builder.AddBackgroundWork("prices", (_, stopping) => builder.Services.GetRequiredService<PricePublisher>().RunAsync(stopping));
        builder.MapGet("/ready", static request => request.Services.GetRequiredService<PricePublisher>().HasPublished
            ? WsResponse.Text("ready\n")
            : WsResponse.Text("no prices yet\n", 503));
    }
}
