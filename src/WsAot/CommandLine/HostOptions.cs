using Microsoft.Extensions.Logging;
using WsAot.Logging;

namespace WsAot.CommandLine;

/// <summary>The options of a program that are not in <see cref="WsServerOptions"/>.</summary>
internal sealed class HostOptions
{
    public LogLevel LogLevel { get; set; } = LogLevel.Information;

    public LogFormat LogFormat { get; set; } = LogFormat.Text;
}
