using System.Reflection;
using System.Runtime.InteropServices;
using WsAot.Hosting;
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
    /// </summary>
    /// <param name="routes">The generated <c>WsRoutes.Table</c>.</param>
    /// <param name="args">The command line; <c>--help</c> tells what is possible.</param>
    /// <param name="configure">Completes the server (services, pages, options of its own) after the options are read.</param>
    /// <returns>The exit code: 0 stopped as asked, 1 could not run, 2 wrong usage.</returns>
    public static async Task<int> RunAsync(WsRouteTable routes, string[] args, Action<WsServerBuilder>? configure = null)
    {
        string program = Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "wsaot";
        if (args is ["--help" or "-h"])
        {
            Console.Out.Write(OptionTable.Help(program));
            return ExitStopped;
        }

        if (args is ["--version"])
        {
            Console.Out.WriteLine($"{program} {Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3)}");
            return ExitStopped;
        }

        try
        {
            await using WsServer server = Create(routes, args, configure);
            await server.RunUntilSignalAsync().ConfigureAwait(false);
            return ExitStopped;
        }
        catch (Exception exception) when (exception is UsageException or ArgumentException)
        {
            Console.Error.WriteLine($"{program}: {exception.Message} See {program} --help.");
            return ExitWrongUsage;
        }
        catch (TransportException exception)
        {
            Console.Error.WriteLine($"{program}: {exception.Message}");
            return ExitCouldNotRun;
        }
    }

    private static WsServer Create(WsRouteTable routes, string[] args, Action<WsServerBuilder>? configure)
    {
        WsServerBuilder builder = CreateBuilder(routes);
        var host = new HostOptions();
        ServerConfiguration.Bind(args, builder.Options, host);
        builder.LoggerFactory = new ConsoleLog(host.LogLevel, host.LogFormat, Console.OpenStandardError(), builder.TimeProvider);
        configure?.Invoke(builder);
        return builder.Build();
    }

    private async Task RunUntilSignalAsync()
    {
        var stopRequested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        Start();
        foreach (string url in Urls) Console.Out.WriteLine("listening on " + url);
        await stopRequested.Task.ConfigureAwait(false);
        await StopAsync().ConfigureAwait(false);

        // The first signal begins the drain; the next one has its usual effect.
        void OnSignal(PosixSignalContext context) => context.Cancel = stopRequested.TrySetResult();
    }
}
