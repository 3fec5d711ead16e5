using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Proxies;

/// <summary>A proxy in a process of its own, on a port of the loopback interface. It does not outlive its test.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly OutputLines _output;
    private readonly OutputLines _error;

    private ProxyProcess(Process process, int port)
    {
        _process = process;
        _output = new OutputLines(process.StandardOutput);
        _error = new OutputLines(process.StandardError);
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts a proxy in front of a server, and waits until it listens.</summary>
    public static Task<ProxyProcess> StartAsync(Proxy proxy, int serverPort, string? without = null, int? idleSeconds = null) =>
        StartAsync(proxy, port => proxy.Block(port, serverPort, without, idleSeconds));

    /// <summary>Starts a proxy with a block of the configuration that is made for its port, and waits until it listens.</summary>
    public static async Task<ProxyProcess> StartAsync(Proxy proxy, Func<int, string> block)
    {
        // A proxy cannot be told to take any free port. One that is free now may be taken when it starts.
        const int Attempts = 5;
        for (int attempt = 1; ; attempt++)
        {
            int port = FreePort();
            string folder = PublishedApp.NewWorkingFolder();
            string configuration = proxy.Main(folder, port, block(port));
            await File.WriteAllTextAsync(Path.Combine(folder, Proxy.File), configuration);
            string[] command = proxy.Command(folder);
            ProxyProcess process = new(Command.Start(command[0], command[1..], folder), port);
            if (await process.ListensAsync()) return process;
            await process.DisposeAsync();
            Assert.True(attempt < Attempts, $"{proxy.Name} does not listen:\n{process._output}\n{process._error}\n{configuration}");
        }
    }

    /// <summary>Waits for a line of its output that has this text.</summary>
    public async Task<string> WaitForLineAsync(string text)
    {
        using CancellationTokenSource guard = new(Command.Patience);
        return Assert.Single(await _output.WaitForAsync(line => line.Contains(text, StringComparison.Ordinal), 1, guard.Token));
    }

    /// <summary>Stops it in order, and kills what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited && Signals.TrySend(_process.Id, Signal.Terminate))
        {
            await ChildProcess.EndsAsync(_process, TimeSpan.FromSeconds(10));
        }

        await ChildProcess.KillAsync(_process);
    }

    /// <returns>False if it ended before.</returns>
    private async Task<bool> ListensAsync()
    {
        using CancellationTokenSource guard = new(Command.Patience);
        while (!_process.HasExited)
        {
            using Socket probe = new(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, Port, guard.Token);
                return true;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), guard.Token);
            }
        }

        await Task.WhenAll(_output.EndAsync(), _error.EndAsync());
        return false;
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
