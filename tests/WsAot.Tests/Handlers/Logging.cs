using Microsoft.Extensions.Logging;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Handlers;

/// <summary>Takes the server and loggers, wherever they can be taken.</summary>
[WsRoute("/logging")]
internal sealed class Logging(WsConnection connection, WsServer server, ILogger<Logging> log)
{
    [OnUpgrade]
    public static WsUpgrade Check(WsServer server, ILogger<Logging> log)
    {
        log.LogInformation("asked with {Count} open", server.ConnectionCount);
        return WsUpgrade.Accept();
    }

    [OnOpen]
    public void Opened(WsServer same) => log.LogInformation("opened {IsSame}", same == server && connection.Server == server);

    [OnText]
    public void Said(string text, ILogger<Script>? other = null) =>
        other!.LogInformation("{Text} {IsKept}", text, ReferenceEquals(log, other));
}
