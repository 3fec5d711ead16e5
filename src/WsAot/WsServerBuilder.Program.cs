using Microsoft.Extensions.Logging;
using WsAot.CommandLine;
using WsAot.Logging;
using WsAot.Processes;
using WsAot.Server;

namespace WsAot;

/// <content>Running the server as a program.</content>
public sealed partial class WsServerBuilder
{
    /// <summary>Where the options were read from; null if they were not read, or came from an existing configuration.</summary>
    internal OptionSource? Source { get; private set; }

    /// <summary>The options as they were read.</summary>
    internal OptionReading? Reading { get; private set; }

    /// <summary>The options that packages have added to the command line.</summary>
    internal List<SectionOption> AddedOptions { get; } = [];

    /// <summary>The errors that <c>--check</c> has found so far; null without <c>--check</c>.</summary>
    internal OptionErrors? CheckErrors { get; private set; }

    /// <summary>The process around a server that runs as a program; null if the server is a part of another program.</summary>
    internal Surroundings? Around { get; private set; }

    /// <summary>
    /// As <see cref="ReadOptions(string[], string)"/>, for a program's <c>Main</c>: answers <c>--help</c>, <c>--version</c> and
    /// <c>--describe</c> on stdout, asks a running server for its health with <c>--healthcheck</c>, and prints errors to stderr.
    /// </summary>
    /// <param name="args">The command line.</param>
    /// <param name="exitCode">
    /// If the result is false: 0 if the command line was answered, 1 if stdout cannot be written or the server is not healthy, 2 if an
    /// option is wrong.
    /// </param>
    /// <param name="name">The name of the settings; see <see cref="ReadOptions(string[], string)"/>.</param>
    /// <returns>
    /// False if the program should end with <paramref name="exitCode"/>. With <c>--check</c> it is true: <see cref="RunAsync"/> answers the
    /// check after the application has added everything. A server that you build yourself then does not start.
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
    /// Logs to stderr, one entry per line, in the format and at the levels that <see cref="ReadOptions(string[], string)"/> has read
    /// (<c>--log-format</c>, <c>--log-level</c>). If no options were read, it logs as text, at level information and above.
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
    /// and drains on SIGTERM or SIGINT. Errors go to stderr.
    /// </summary>
    /// <param name="cancellationToken">Stops the server, as a signal does.</param>
    /// <returns>
    /// The exit code: 0 if it was stopped as asked, 1 if it could not run or background work has failed, 2 if an option is wrong.
    /// Exceptions of your own code are not caught.
    /// </returns>
    public Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        if (CheckErrors is null) return ServerProgram.RunAsync(this, Routes, Attach, CreateReload, cancellationToken);
        OptionCheck.Run(this, BuildOnly, CheckErrors);
        return Task.FromResult(ServerProgram.Report(Reading!.Values.Source, CheckErrors));
    }

    /// <summary>What SIGHUP does to the server that this builder has built.</summary>
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

    /// <summary>Prepares the server to run as a program.</summary>
    private void Attach(Surroundings around)
    {
        Around = around;
        Inherited = around.Listeners;
        if (around.PassedUrls is { } urls && NamesNoUrls) Options.Urls = urls;
    }

    /// <summary>As the public method, but collects the errors and leaves wrong options out.</summary>
    private void ReadOptions(string[] args, string name, OptionErrors errors)
    {
        var names = new ConfigurationNames(name);
        Source = new OptionSource(args, names, Options.Clone(), AddedOptions);
        Reading = Source.Read(Options, errors);
        Configuration = Reading.Configuration;
        // A configured loopback address is intended: a proxy may run beside the server in the container.
        UrlsVariable = Configuration[nameof(WsServerOptions.Urls)] is null ? names.EnvironmentPrefix + "URLS" : null;
        UnknownVariables = [.. ServerConfiguration.FindUnknownVariables(names)];
    }
}
