using Microsoft.Extensions.Configuration;
using WsAot.Logging;

namespace WsAot.CommandLine;

/// <summary>The options of a program, as they were read.</summary>
internal sealed class OptionReading(
    ReadValues values, IConfiguration configuration, WsServerOptions server, LogFormat logFormat, LogFilter logLevels)
{
    public ReadValues Values { get; } = values;

    public IConfiguration Configuration { get; } = configuration;

    public WsServerOptions Server { get; } = server;

    public LogFormat LogFormat { get; } = logFormat;

    public LogFilter LogLevels { get; } = logLevels;
}
