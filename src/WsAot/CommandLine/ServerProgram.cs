using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using WsAot.Connections;
using WsAot.Logging;
using WsAot.Memory;
using WsAot.Routing;
using WsAot.Server;
using WsAot.Transport;

namespace WsAot.CommandLine;

/// <summary>Runs a server as a whole program: see <see cref="WsServer.RunAsync"/>.</summary>
internal static class ServerProgram
{
    private const int ExitStopped = 0;
    private const int ExitCouldNotRun = 1;
    private const int ExitWrongUsage = 2;

    public static async Task<int> RunAsync(WsRouteTable routes, string[] args, Action<WsServerBuilder>? configure)
    {
        string program = ProgramName.Current;
        WsServerBuilder builder = WsServer.CreateBuilder(routes);
        try
        {
            if (TryAnswer(program, routes, args)) return ExitStopped;
            ReadOptions(builder, args);
        }
        catch (Exception exception) when (IsOurs(exception))
        {
            return Fail(program, exception);
        }

        // Caught nowhere, as are the exceptions of services and factories that run in Build: the application's own exception ends the
        // process with its stack trace.
        configure?.Invoke(builder);
        try
        {
            await using WsServer server = Build(routes, builder);
            await RunUntilSignalAsync(server).ConfigureAwait(false);
            return ExitStopped;
        }
        catch (Exception exception) when (IsOurs(exception))
        {
            return Fail(program, exception);
        }
    }

    private static string? Version => Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3);

    /// <summary>Whether this library has found the error, so that its message says all, in one line.</summary>
    private static bool IsOurs(Exception exception) => exception is UsageException or TransportException or WsStartException;

    private static int Fail(string program, Exception exception)
    {
        bool isUsage = exception is UsageException;
        Print(OpenStandardError(), $"{program}: {exception.Message}{(isUsage ? $" See {program} --help." : "")}\n");
        return isUsage ? ExitWrongUsage : ExitCouldNotRun;
    }

    /// <summary>Prints what a question on the command line asks for, wherever it stands there.</summary>
    private static bool TryAnswer(string program, WsRouteTable routes, string[] args)
    {
        if (Asks(args, "--help") || Asks(args, "-h")) Say(Encoding.UTF8.GetBytes(OptionTable.Help(program)));
        else if (Asks(args, "--version")) Say(Encoding.UTF8.GetBytes($"{program} {Version}\n"));
        else if (Description.IsSupported && Description.IsAskedFor(args)) Say(Description.Find(routes, args));
        else return false;
        return true;
    }

    // In any case, like the other options.
    private static bool Asks(string[] args, string question) => args.Contains(question, StringComparer.OrdinalIgnoreCase);

    private static void ReadOptions(WsServerBuilder builder, string[] args)
    {
        var host = new HostOptions();
        ServerConfiguration.Bind(args, builder.Options, host);
        builder.LoggerFactory = new ConsoleLog(host.LogLevel, host.LogFormat, OpenStandardError(), builder.TimeProvider);
    }

    private static WsServer Build(WsRouteTable routes, WsServerBuilder builder)
    {
        // Build throws an ArgumentException for a wrong option, and so may the application's code that it calls. So look here first.
        if (OptionRules.FindErrorInAll(builder.Options) is { } error) throw new UsageException(error);
        // Set here because this program owns the process; a host that embeds a server decides for itself.
        if (routes.Routes.Any(route => RouteSettings.HasOwnCompressors(route, builder.Options))) ProcessMemory.UseOneNativeHeap();
        WsServer server = builder.Build();
        var logger = new SafeLogger(builder.LoggerFactory.CreateLogger(SafeLogger.ServerCategory));
        foreach (string variable in ServerConfiguration.FindUnknownVariables()) Log.UnknownVariable(logger, variable);
        return server;
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
            // There is nowhere left to report to; the exit code still tells.
        }
    }

    /// <summary>Stderr; or nothing if the process was started without one, since a socket may have its descriptor by now.</summary>
    private static Stream OpenStandardError()
    {
        try
        {
            return Console.OpenStandardError();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Stream.Null;
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
            using Stream output = Console.OpenStandardOutput();
            output.Write(text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TransportException($"Cannot write to stdout: {exception.Message}", exception);
        }
    }

    private static async Task RunUntilSignalAsync(WsServer server)
    {
        var stopRequested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration terminate = Register(PosixSignal.SIGTERM, OnSignal);
        using PosixSignalRegistration interrupt = Register(PosixSignal.SIGINT, OnSignal);
        server.Start();
        Announce(server.Urls);
        await stopRequested.Task.ConfigureAwait(false);
        await server.StopAsync().ConfigureAwait(false);

        // The first signal starts the drain; the next one ends the process as usual.
        void OnSignal(PosixSignalContext context) => context.Cancel = stopRequested.TrySetResult();
    }

    /// <exception cref="TransportException">No descriptor is left for what the runtime needs to hear a signal.</exception>
    private static PosixSignalRegistration Register(PosixSignal signal, Action<PosixSignalContext> onSignal)
    {
        try
        {
            return PosixSignalRegistration.Create(signal, onSignal);
        }
        catch (IOException exception)
        {
            throw new TransportException($"Cannot listen for {signal}: {exception.Message}", exception);
        }
    }
}
