using Microsoft.Extensions.Logging;
using WsAot.CommandLine;
using WsAot.Logging;
using WsAot.Processes;
using WsAot.Server;

namespace WsAot;

/// <content>A server that is a program of its own.</content>
public sealed partial class WsServerBuilder
{
    /// <summary>Where the options were read from; null if they were not, or are a part of a configuration that others read.</summary>
    internal OptionSource? Source { get; private set; }

    /// <summary>What was read there.</summary>
    internal OptionReading? Reading { get; private set; }

    /// <summary>The options that packages have added to the command line.</summary>
    internal List<SectionOption> AddedOptions { get; } = [];

    /// <summary>What <c>--check</c> has found wrong so far; null if it was not asked for.</summary>
    internal OptionErrors? CheckErrors { get; private set; }

    /// <summary>The processes around a server that is a program; null: it is a part of one.</summary>
    internal Surroundings? Around { get; private set; }

    /// <summary>
    /// As <see cref="ReadOptions(string[], string)"/>, for a program's <c>Main</c>: answers <c>--help</c>, <c>--version</c> and
    /// <c>--describe</c> on stdout, asks a running server for <c>--healthcheck</c>, and says on stderr what is wrong.
    /// </summary>
    /// <param name="args">The command line.</param>
    /// <param name="exitCode">
    /// If the result is false: 0 if a question was answered, 1 if stdout cannot be written or a server is not healthy, 2 if an option is
    /// wrong.
    /// </param>
    /// <param name="name">The name of the settings; see <see cref="ReadOptions(string[], string)"/>.</param>
    /// <returns>
    /// False if the program is to end with <paramref name="exitCode"/>. True too for <c>--check</c>, which <see cref="RunAsync"/> answers
    /// when it knows all that the application adds; a server that you build yourself then does not start.
    /// </returns>
    public bool TryReadCommandLine(string[] args, out int exitCode, string name = ConfigurationNames.Default)
    {
        if (!OptionCheck.IsAskedFor(args)) return ServerProgram.TryReadCommandLine(this, AddedOptions, Routes, args, name, out exitCode);
        CheckErrors = new OptionErrors();
        ReadOptions(OptionCheck.Without(args), name, CheckErrors);
        exitCode = 0;
        return true;
    }

    /// <summary>
    /// Logs to stderr, one entry a line, in the format and from the levels that <see cref="ReadOptions(string[], string)"/> has read
    /// (<c>--log-format</c>, <c>--log-level</c>); without it, as text from the level information on.
    /// </summary>
    public WsServerBuilder UseConsoleLog()
    {
        LogFilter filter = Reading?.LogLevels ?? new LogFilter(LogLevel.Information, []);
        LogFormat format = Reading?.LogFormat ?? LogFormat.Text;
        LoggerFactory = new ConsoleLog(filter, format, ServerProgram.OpenStandardError(), TimeProvider);
        return this;
    }

    /// <summary>
    /// Builds the server and runs it as a program: prints a line <c>listening on ws://...</c> to stdout for each address when it is ready,
    /// and drains on SIGTERM or SIGINT. What is wrong is said on stderr.
    /// </summary>
    /// <param name="cancellationToken">Stops the server, as a signal does.</param>
    /// <returns>
    /// The exit code: 0 if it was stopped as asked, 1 if it could not run or background work has failed, 2 if an option is wrong. What your
    /// own code throws is not caught.
    /// </returns>
    public Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        if (CheckErrors is null) return ServerProgram.RunAsync(this, Routes, Attach, CreateReload, cancellationToken);
        OptionCheck.Run(this, BuildOnly, CheckErrors);
        return Task.FromResult(ServerProgram.Report(Reading!.Values.Source, CheckErrors));
    }

    /// <summary>What SIGHUP does to a server that this has built.</summary>
    internal OptionReload CreateReload(WsServer server)
    {
        List<string> setByCode = Reading is null ? [] : OptionChanges.Find(Reading.Server, Options);
        return new OptionReload(Source, Reading, setByCode, LoggerFactory as ConsoleLog, server.Context.Logger)
        {
            Apply = server.ApplyOptions,
            ReloadCertificates = server.ReloadCertificates,
            OnRead = isRefused => server.Context.IsReloadRefused = isRefused,
        };
    }

    private static object? BuildOnly(WsServerBuilder builder)
    {
        using WsServer server = builder.Build();
        server.Context.Services.ThrowIfMissing(server.Handshakes.Routes);
        return null;
    }

    /// <summary>The server is to be a program of its own.</summary>
    private void Attach(Surroundings around)
    {
        Around = around;
        Inherited = around.Listeners;
        if (around.PassedUrls is { } urls && NamesNoUrls) Options.Urls = urls;
    }

    /// <summary>As the public one; what is wrong is left out.</summary>
    private void ReadOptions(string[] args, string name, OptionErrors errors)
    {
        var names = new ConfigurationNames(name);
        Source = new OptionSource(args, names, Options.Clone(), AddedOptions);
        Reading = Source.Read(Options, errors);
        Configuration = Reading.Configuration;
        // Who names an address means it: a proxy may be beside the server in the container.
        UrlsVariable = Configuration[nameof(WsServerOptions.Urls)] is null ? names.EnvironmentPrefix + "URLS" : null;
        UnknownVariables = [.. ServerConfiguration.FindUnknownVariables(names)];
    }
}
