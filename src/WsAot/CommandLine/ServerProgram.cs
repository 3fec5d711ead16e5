using System.Text;
using WsAot.Admin;
using WsAot.Connections;
using WsAot.Logging;
using WsAot.Memory;
using WsAot.Processes;
using WsAot.Routing;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.CommandLine;

/// <summary>
/// Runs a server as a program: answers options such as <c>--help</c>, and turns failures into an exit code and a line on stderr. See <see
/// cref="WsServer.RunAsync"/>.
/// </summary>
internal static class ServerProgram
{
    private const int ExitStopped = 0;
    private const int ExitCouldNotRun = 1;
    private const int ExitWrongUsage = 2;

    /// <summary>Answers <c>--help</c> and similar options, or else reads the command line.</summary>
    /// <returns>False if the program should end now.</returns>
    public static bool TryReadCommandLine(
        WsServerBuilder builder,
        IReadOnlyList<SectionOption> added,
        WsRouteTable routes,
        string[] args,
        string name,
        out int exitCode)
    {
        string program = ProgramName.Current;
        exitCode = ExitStopped;
        try
        {
            if (TryAnswer(program, added, routes, args, new ConfigurationNames(name))) return false;
            bool isHealthCheck = HealthCheck.IsAskedFor(args);
            builder.ReadOptions(isHealthCheck ? HealthCheck.Without(args) : args, name);
            if (!isHealthCheck) return true;
            ThrowIfWrong(builder);
            HealthCheck.Run(builder.Options);
            return false;
        }
        catch (Exception exception) when (IsOurs(exception))
        {
            exitCode = Fail(program, exception);
            return false;
        }
    }

    /// <summary>
    /// Calls the application's own code. Its exceptions and those of services are not caught: they end the process with a stack trace. Only
    /// a wrong option of the application is reported like a wrong option of the server.
    /// </summary>
    /// <returns>False if the program should end now.</returns>
    public static bool TryConfigure(
        WsServerBuilder builder, Action<WsServerBuilder>? configure, OptionErrors? checkErrors, out int exitCode)
    {
        exitCode = ExitStopped;
        try
        {
            configure?.Invoke(builder);
            return true;
        }
        catch (WsOptionException exception)
        {
            checkErrors?.Add(exception);
            if (checkErrors is null) exitCode = Fail(ProgramName.Current, exception);
            return checkErrors is not null;
        }
    }

    /// <summary>Builds the server and runs it until it is told to stop.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="routes">Its routes.</param>
    /// <param name="attach">Connects the built server with the processes around it.</param>
    /// <param name="createReload">Creates the handler of SIGHUP for the server.</param>
    /// <param name="cancellationToken">Stops the server, as a signal does.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        WsServerBuilder builder,
        WsRouteTable routes,
        Action<Surroundings> attach,
        Func<WsServer, OptionReload> createReload,
        CancellationToken cancellationToken)
    {
        try
        {
            using var around = new Surroundings();
            attach(around);
            await using WsServer server = Build(builder, routes);
            using IDisposable? hangUp = ReloadSignal.Listen(createReload(server), around.Manager);
            bool isStopped = await SignalRun.RunAsync(server, OnListening, cancellationToken).ConfigureAwait(false);
            return isStopped ? ExitStopped : ExitCouldNotRun;

            void OnListening(IReadOnlyList<string> urls)
            {
                Announce(urls);
                around.OnListening(urls);
            }
        }
        catch (Exception exception) when (IsOurs(exception))
        {
            return Fail(ProgramName.Current, exception);
        }
    }

    /// <summary>Prints what <c>--check</c> has found.</summary>
    /// <returns>The exit code.</returns>
    /// <param name="source">Where the options come from, such as the name of a file.</param>
    /// <param name="errors">The errors in the options.</param>
    public static int Report(string source, OptionErrors errors)
    {
        string program = ProgramName.Current;
        if (!errors.IsEmpty) return FailForOptions(program, errors.All);
        try
        {
            Say(Encoding.UTF8.GetBytes($"{program}: the configuration is valid (read from {source}).\n"));
            return ExitStopped;
        }
        catch (TransportException exception)
        {
            return Fail(program, exception);
        }
    }

    /// <summary>Stderr; or a null stream if the process was started without one, because a socket may have its descriptor by now.</summary>
    public static Stream OpenStandardError()
    {
        try
        {
            return StandardStream.OpenError();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Stream.Null;
        }
    }

    /// <summary>Whether this library has found the error: then its message says everything in one line.</summary>
    private static bool IsOurs(Exception exception) => exception is WsOptionException or TransportException or WsStartException;

    private static int Fail(string program, Exception exception)
    {
        if (exception is WsOptionException wrong) return FailForOptions(program, wrong.Errors);
        Print(OpenStandardError(), $"{program}: {exception.Message}\n");
        return ExitCouldNotRun;
    }

    private static int FailForOptions(string program, IReadOnlyList<string> errors)
    {
        string lines = string.Join('\n', errors.Select(error => $"{program}: {error}"));
        Print(OpenStandardError(), $"{lines} See {program} --help.\n");
        return ExitWrongUsage;
    }

    /// <summary>Answers <c>--help</c> and similar options, at any place in the command line.</summary>
    private static bool TryAnswer(
        string program, IReadOnlyList<SectionOption> added, WsRouteTable routes, string[] args, ConfigurationNames names)
    {
        if (Asks(args, "--help") || Asks(args, "-h")) Say(Encoding.UTF8.GetBytes(OptionTable.Help(program, names, added)));
        else if (Asks(args, "--version")) Say(Encoding.UTF8.GetBytes($"{program} {ApplicationVersion.Text}\n"));
        else if (Description.IsSupported && Description.IsAskedFor(args)) Say(Description.Find(routes, args));
        else return false;
        return true;
    }

    // The case does not matter, as for the other options.
    private static bool Asks(string[] args, string question) => args.Contains(question, StringComparer.OrdinalIgnoreCase);

    private static WsServer Build(WsServerBuilder builder, WsRouteTable routes)
    {
        // Build throws an ArgumentException for a wrong option, and so may the application's code that it calls. So check the options
        // first.
        ThrowIfWrong(builder);
        // Only here, because this program owns the process; a host that embeds a server decides for itself.
        if (routes.Routes.Any(route => RouteSettings.HasOwnCompressors(route, builder.Options))) ProcessMemory.UseOneNativeHeap();
        return builder.Build();
    }

    private static void ThrowIfWrong(WsServerBuilder builder)
    {
        var errors = new OptionErrors();
        OptionRules.CheckAll(builder.Options, errors);
        AdminRules.Check(builder.Options, errors);
        errors.ThrowIfAny();
    }

    /// <summary>
    /// Writes text to a stream of the process. Console.Out and Console.Error would add encodings and terminals to the native file.
    /// </summary>
    private static void Print(Stream stream, string text)
    {
        try
        {
            using (stream) stream.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure cannot be printed, but the exit code still reports it.
        }
    }

    // Throws if stdout cannot be written: a parent process that waits for this line would wait forever.
    private static void Announce(IReadOnlyList<string> urls) =>
        Say(Encoding.UTF8.GetBytes(string.Concat(urls.Select(static url => $"listening on {url}\n"))));

    /// <summary>Writes the requested text to stdout.</summary>
    /// <exception cref="TransportException">Stdout is closed or full.</exception>
    private static void Say(ReadOnlySpan<byte> text)
    {
        try
        {
            using Stream output = StandardStream.OpenOutput();
            output.Write(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TransportException($"Cannot write to stdout: {exception.Message}", exception);
        }
    }
}
