using Microsoft.Extensions.Configuration;
using WsAot.Logging;
using WsAot.Server;

namespace WsAot.CommandLine;

/// <summary>Where the options of a program come from, so that they can be read again.</summary>
/// <param name="args">The command line.</param>
/// <param name="names">The names of the other sources.</param>
/// <param name="preset">The options before any source is read. It is not changed.</param>
/// <param name="added">The options that packages have added to the command line.</param>
internal sealed class OptionSource(
    string[] args, ConfigurationNames names, WsServerOptions preset, IReadOnlyList<SectionOption> added)
{
    /// <summary>Reads the options.</summary>
    /// <param name="errors">Gets the errors. The result does not contain wrong options.</param>
    public OptionReading Read(OptionErrors errors) => Read(preset.Clone(), errors);

    /// <summary>Reads the options into an object that has the values of the preset.</summary>
    public OptionReading Read(WsServerOptions server, OptionErrors errors)
    {
        ReadValues values = ServerConfiguration.Load(args, names, errors, added);
        IConfigurationRoot configuration = new ConfigurationBuilder().Add(values).Build();
        var host = new HostOptions();
        ServerConfiguration.Bind(configuration, server, host, errors);
        LogFilter levels = LogLevels.Read(configuration, host.LogLevel, errors);
        return new OptionReading(values, configuration, server.Clone(), host.LogFormat, levels);
    }
}
