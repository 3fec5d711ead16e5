using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using WsAot.Native.Tests.Harness;
using WsAot.Soak.Restarting;
using Xunit.Abstractions;

namespace WsAot.Native.Tests;

/// <summary>A file that is started anew, by SIGUSR2 or by a service manager that keeps its sockets.</summary>
[Collection(PublishedFile.Name)]
public sealed class RestartTests(PublishedApp app, ITestOutputHelper output)
{
    private const string UnitAddress = "127.0.0.1";

    [RequiresFact]
    public async Task Under_load_nobody_is_refused_or_left_without_a_word()
    {
        using StringWriter report = new();
        RestartRun run = new(
            new RestartOptions
            {
                Server = app.File,
                Restarts = 2,
                Hold = TimeSpan.FromMilliseconds(700),
                ConnectsPerSecond = 300,
                Echoers = 50,
            },
            report);
        bool isRight = await run.RunAsync();
        output.WriteLine(report.ToString());
        Assert.True(isRight, report.ToString());
        Assert.True(run.Load!.Told >= 100 && run.Load.Echoes > 0, report.ToString());
    }

    [RequiresFact]
    public async Task If_the_next_process_does_not_start_this_one_goes_on_and_says_why()
    {
        string folder = PublishedApp.NewWorkingFolder();
        await using ServerProcess server = await ServerProcess.StartAsync(app.File, ["--urls", "ws://127.0.0.1:0"], folder);
        using RawConnection connection = await RawConnection.UpgradeAsync(server.Port, "/echo");
        await File.WriteAllTextAsync(Path.Combine(folder, "wsaot.json"), """{ "nonsense": 1 }""");
        server.Send(Signal.User2);
        using CancellationTokenSource guard = new(Command.Patience);
        string[] lines = await server.Error.WaitForAsync(
            static line => line.Contains("this one continues", StringComparison.Ordinal), 1, guard.Token);
        Assert.EndsWith("it ended with exit code 2.", Assert.Single(lines), StringComparison.Ordinal);
        Assert.Contains("Unknown option 'nonsense'", server.Error.ToString(), StringComparison.Ordinal);
        await connection.SendAsync(RawConnection.Frame(0x81, "still here"u8));
        Assert.Equal("still here"u8.ToArray(), (await connection.ReadFrameAsync()).Payload);
        await server.StopAsync();
    }

    [RequiresFact]
    public async Task A_process_that_is_being_started_ends_with_the_one_that_is_told_to_stop()
    {
        string folder = PublishedApp.NewWorkingFolder();
        string file = Path.Combine(folder, "wsaot");
        File.Copy(app.File, file);
        await using ServerProcess server = await ServerProcess.StartAsync(file, ["--urls", "ws://127.0.0.1:0"], folder);
        int port = server.Port;
        // Moved into place: a file that runs cannot be written to.
        string script = file + ".sh";
        await File.WriteAllTextAsync(script, "#!/bin/sh\nexec sleep 300\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.Move(script, file, overwrite: true);
        server.Send(Signal.User2);
        using CancellationTokenSource guard = new(Command.Patience);
        await server.Error.WaitForAsync(
            static line => line.Contains("SIGUSR2: starting", StringComparison.Ordinal), 1, guard.Token);
        server.Send(Signal.Terminate);
        // Its output ends when the last process that has it does.
        Assert.Equal(0, await server.EndAsync());
        using TcpClient client = new();
        await Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(UnitAddress, port));
    }

    [RequiresFact]
    public async Task Sockets_of_all_kinds_are_handed_over_those_of_the_admin_listener_too()
    {
        string folder = PublishedApp.NewWorkingFolder();
        string socket = Path.Combine(folder, "wsaot.sock"), adminSocket = Path.Combine(folder, "admin.sock");
        int port = FreePort(), adminPort = FreePort();
        EndPoint[] ways =
        [
            new IPEndPoint(IPAddress.Loopback, port), new IPEndPoint(IPAddress.IPv6Loopback, port), new UnixDomainSocketEndPoint(socket),
            new IPEndPoint(IPAddress.Loopback, adminPort), new UnixDomainSocketEndPoint(adminSocket),
        ];
        await using ServerProcess server = await ServerProcess.StartAsync(
            app.File,
            [
                "--urls", $"ws://localhost:{port};ws://unix:{socket}",
                "--admin-urls", $"http://127.0.0.1:{adminPort};http://unix:{adminSocket}",
            ],
            folder,
            addresses: 2);
        string first = await StartOfAsync(ways[^1]);
        server.Send(Signal.User2);
        using CancellationTokenSource guard = new(Command.Patience);
        string[] lines = await server.Error.WaitForAsync(
            static line => line.Contains(" has taken over; this one closes its connections.", StringComparison.Ordinal), 1, guard.Token);
        int next = int.Parse(Regex.Match(lines[0], "Process ([0-9]+) has taken over").Groups[1].Value, null);
        try
        {
            Assert.Equal(0, await server.EndAloneAsync());
            foreach (EndPoint way in ways) Assert.Equal("ok\n", await GetAsync(way, "/healthz"));
            string second = await StartOfAsync(ways[^2]);
            Assert.NotEqual(first, second);
            Assert.Equal(second, await StartOfAsync(ways[^1]));
            Signals.Send(next, Signal.Terminate);
            await server.Error.EndAsync().WaitAsync(guard.Token);
            Assert.False(File.Exists(socket) || File.Exists(adminSocket));
        }
        finally
        {
            Signals.TrySend(next, Signal.Kill);
        }
    }

    [RequiresFact(Tool.Systemd)]
    public async Task Systemd_can_listen_for_it()
    {
        int port = FreePort();
        // It listens first, and starts the file for the first connection.
        await using ServerProcess server = await StartActivatedAsync(port);
        Assert.Equal(port, server.Port);
        using (await RawConnection.UpgradeAsync(port, "/echo"))
        {
        }

        await server.StopAsync();
    }

    [RequiresFact]
    public async Task It_tells_a_service_manager_how_it_is()
    {
        using TestKit.Sockets.NotifySocket socket = new();
        using CancellationTokenSource guard = new(Command.Patience);
        await using ServerProcess server = await ServerProcess.StartAsync(
            app.File,
            ["--urls", "ws://127.0.0.1:0"],
            PublishedApp.NewWorkingFolder(),
            new() { ["NOTIFY_SOCKET"] = socket.Name, ["WATCHDOG_USEC"] = "100000" });
        Assert.Equal($"READY=1\nSTATUS=Listening on {server.Url}", await socket.ReceiveAsync(guard.Token));
        Assert.Equal("WATCHDOG=1", await socket.ReceiveAsync(guard.Token));
        server.Send(Signal.HangUp);
        await NextAsync(static message => message.StartsWith("RELOADING=1\nMONOTONIC_USEC=", StringComparison.Ordinal));
        await NextAsync(message => message == $"READY=1\nSTATUS=Listening on {server.Url}");

        server.Send(Signal.User2);
        string main = await NextAsync(static message => message.StartsWith("MAINPID=", StringComparison.Ordinal));
        Assert.Equal(0, await server.EndAloneAsync());
        int next = int.Parse(main["MAINPID=".Length..], null);
        try
        {
            // The one before has ended.
            await NextAsync(static message => message == "WATCHDOG=1");
            Signals.Send(next, Signal.Terminate);
            await NextAsync(static message => message == "STOPPING=1\nSTATUS=Stopping");
            await server.Error.EndAsync().WaitAsync(guard.Token);
        }
        finally
        {
            Signals.TrySend(next, Signal.Kill);
        }

        async Task<string> NextAsync(Func<string, bool> fits)
        {
            while (true)
            {
                string message = await socket.ReceiveAsync(guard.Token);
                if (fits(message)) return message;
            }
        }
    }

    /// <summary>When the process behind an admin listener has started.</summary>
    private static async Task<string> StartOfAsync(EndPoint admin) => Assert.Single(
        (await GetAsync(admin, "/metrics")).Split('\n'),
        static line => line.StartsWith("process_start_time_seconds ", StringComparison.Ordinal));

    private static async Task<string> GetAsync(EndPoint way, string path)
    {
        using HttpClient client = new(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                Socket socket = new(
                    way.AddressFamily, SocketType.Stream, way is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
                await socket.ConnectAsync(way, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        client.Timeout = Command.Patience;
        return await client.GetStringAsync(new Uri("http://localhost" + path));
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private async Task<ServerProcess> StartActivatedAsync(int port)
    {
        Task<ServerProcess> start = ServerProcess.StartAsync(
            Tools.SystemdSocketActivate,
            ["--listen", $"{UnitAddress}:{port}", app.File, "--drain-delay-ms", "0", "--admin-urls", "http://127.0.0.1:0"],
            PublishedApp.NewWorkingFolder());
        using CancellationTokenSource guard = new(Command.Patience);
        while (!start.IsCompleted)
        {
            try
            {
                // It need not say anything.
                using TcpClient waker = new();
                await waker.ConnectAsync(UnitAddress, port, guard.Token);
                return await start;
            }
            catch (SocketException)
            {
                // Not yet.
                await Task.Delay(10, guard.Token);
            }
        }

        return await start;
    }
}
