using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using WsAot.Connections;
using WsAot.Logging;
using WsAot.Memory;
using WsAot.Routing;
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
        string program = Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "wsaot";
        try
        {
            if (args.Contains("--help") || args.Contains("-h"))
            {
                Say(Encoding.UTF8.GetBytes(OptionTable.Help(program)));
                return ExitStopped;
            }

            if (args is ["--version"])
            {
                Say(Encoding.UTF8.GetBytes($"{program} {Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3)}\n"));
                return ExitStopped;
            }

            if (Description.IsSupported && Description.IsAskedFor(args))
            {
                Say(Description.Find(routes, args));
                return ExitStopped;
            }

            await using WsServer server = Create(routes, args, configure);
            await RunUntilSignalAsync(server).ConfigureAwait(false);
            return ExitStopped;
        }
        catch (Exception exception) when (exception is UsageException or ArgumentException)
        {
            Print(OpenStandardError(), $"{program}: {exception.Message} See {program} --help.\n");
            return ExitWrongUsage;
        }
        // IOException: no descriptor is left for the runtime's own needs.
        catch (Exception exception) when (exception is TransportException or IOException)
        {
            Print(OpenStandardError(), $"{program}: {exception.Message}\n");
            return ExitCouldNotRun;
        }
    }

    private static WsServer Create(WsRouteTable routes, string[] args, Action<WsServerBuilder>? configure)
    {
        WsServerBuilder builder = WsServer.CreateBuilder(routes);
        var host = new HostOptions();
        ServerConfiguration.Bind(args, builder.Options, host);
        builder.LoggerFactory = new ConsoleLog(host.LogLevel, host.LogFormat, OpenStandardError(), builder.TimeProvider);
        configure?.Invoke(builder);
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
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        server.Start();
        Announce(server.Urls);
        await stopRequested.Task.ConfigureAwait(false);
        await server.StopAsync().ConfigureAwait(false);

        // The first signal starts the drain; the next one ends the process as usual.
        void OnSignal(PosixSignalContext context) => context.Cancel = stopRequested.TrySetResult();
    }
}
