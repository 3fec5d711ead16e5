using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using WsAot.Hosting;
using WsAot.Memory;
using WsAot.Routing;
using WsAot.Transport;

namespace WsAot;

/// <summary>A server as a whole program.</summary>
public sealed partial class WsServer
{
    private const int ExitStopped = 0;
    private const int ExitCouldNotRun = 1;
    private const int ExitWrongUsage = 2;

    /// <summary>
    /// Runs a server until SIGTERM or SIGINT: reads the options (see <see cref="WsServerOptions"/>), prints a line <c>listening on ws://...</c>
    /// for each address to stdout when it is ready, logs to stderr, and drains when it is told to stop. A second signal ends it at once.
    /// Told to <c>--describe</c>, it prints what the generator knows of the routes instead: a table, an OpenRPC document, a TypeScript client.
    /// </summary>
    /// <param name="routes">The generated <c>WsRoutes.Table</c>.</param>
    /// <param name="args">The command line; <c>--help</c> tells what is possible.</param>
    /// <param name="configure">Completes the server (services, pages, options of its own) after the options are read.</param>
    /// <returns>The exit code: 0 stopped as asked, 1 could not run, 2 wrong usage.</returns>
    public static async Task<int> RunAsync(WsRouteTable routes, string[] args, Action<WsServerBuilder>? configure = null)
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
            await server.RunUntilSignalAsync().ConfigureAwait(false);
            return ExitStopped;
        }
        catch (Exception exception) when (exception is UsageException or ArgumentException)
        {
            Print(OpenStandardError(), $"{program}: {exception.Message} See {program} --help.\n");
            return ExitWrongUsage;
        }
        // IOException: no descriptor is left for something the runtime needs.
        catch (Exception exception) when (exception is TransportException or IOException)
        {
            Print(OpenStandardError(), $"{program}: {exception.Message}\n");
            return ExitCouldNotRun;
        }
    }

    private static WsServer Create(WsRouteTable routes, string[] args, Action<WsServerBuilder>? configure)
    {
        WsServerBuilder builder = CreateBuilder(routes);
        var host = new HostOptions();
        ServerConfiguration.Bind(args, builder.Options, host);
        builder.LoggerFactory = new ConsoleLog(host.LogLevel, host.LogFormat, OpenStandardError(), builder.TimeProvider);
        configure?.Invoke(builder);
        WsServer server = builder.Build();
        // Here, since the process is the server's own.
        if (server.HasDedicatedCompression) ProcessMemory.UseOneNativeHeap();
        foreach (string variable in ServerConfiguration.FindUnknownVariables()) Log.UnknownVariable(server.Logger, variable);
        return server;
    }

    /// <summary>Writes to a stream of the process. Console.Out and Console.Error would bring encodings and terminals into the native file.</summary>
    private static void Print(Stream stream, string text)
    {
        try
        {
            using (stream) stream.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody can be told that nobody can be told; the exit code says it.
        }
    }

    /// <summary>Stderr, or nothing where the process was started without one: its descriptor may be a socket's by now.</summary>
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

    // Whoever waits for the line would wait for ever.
    private void Announce() => Say(Encoding.UTF8.GetBytes(string.Concat(Urls.Select(static url => $"listening on {url}\n"))));

    /// <summary>Writes what was asked for.</summary>
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

    private async Task RunUntilSignalAsync()
    {
        var stopRequested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        Start();
        Announce();
        await stopRequested.Task.ConfigureAwait(false);
        await StopAsync().ConfigureAwait(false);

        // The first signal begins the drain; the next one has its usual effect.
        void OnSignal(PosixSignalContext context) => context.Cancel = stopRequested.TrySetResult();
    }
}
