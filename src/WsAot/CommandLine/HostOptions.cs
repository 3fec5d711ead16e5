using Microsoft.Extensions.Logging;
using WsAot.Logging;

namespace WsAot.CommandLine;

/// <summary>What <see cref="WsServer.RunAsync"/> can be told beside <see cref="WsServerOptions"/>.</summary>
internal sealed class HostOptions
{
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    public LogFormat LogFormat { get; set; } = LogFormat.Text;
}
