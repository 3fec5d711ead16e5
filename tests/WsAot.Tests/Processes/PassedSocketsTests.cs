using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using WsAot.Processes;
using WsAot.Server;
using WsAot.Tests.Harness;
using WsAot.Transport;
using WsAot.Transport.Epoll;

namespace WsAot.Tests.Processes;

/// <summary>Sockets from the service manager, and from the process before this one.</summary>
[SupportedOSPlatform("linux")]
public sealed class PassedSocketsTests
{
    // What is waited for comes at once; this only keeps a fault from hanging the tests.
    private const int GuardMs = 60_000;

    [Fact]
    public void They_are_numbered_from_3_and_have_their_addresses_and_names()
    {
        string[] addresses = ["127.0.0.1:8080", "[::]:8443"];
        PassedSockets passed = PassedSockets.Read("2", "web:wss-public", descriptor => addresses[descriptor - 3])!;
        Assert.Equal(["127.0.0.1:8080 3", "[::]:8443 4"], Lines(passed.Listeners));
        Assert.Equal("ws://127.0.0.1:8080;wss://[::]:8443", passed.Urls);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("two")]
    [InlineData("-1")]
    public void Without_a_number_of_them_there_are_none(string count) =>
        Assert.Null(PassedSockets.Read(count, "", static _ => throw new InvalidOperationException()));

    [Fact]
    public void An_address_takes_the_socket_that_is_bound_to_it_or_was_asked_for_by_it_once()
    {
        InheritedListeners listeners = new();
        listeners.Add("127.0.0.1:8080", 3);
        listeners.Add("ws://127.0.0.1:0", 4);
        listeners.Add("ws://127.0.0.1:0", 5);
        listeners.Add("wss://127.0.0.1:0", 6);
        ListenAddress[] addresses = [.. ListenAddress.ParseAll(
            "ws://127.0.0.1:0;ws://127.0.0.1:8080;wss://127.0.0.1:0;ws://127.0.0.1:0;ws://127.0.0.1:0;ws://127.0.0.2:8080")];
        Assert.Equal(["4", "3", "6", "5", "", ""], addresses.Select(address => string.Join(' ', listeners.Take(address))));
        Assert.Empty(listeners.Sockets);
    }

    [Fact]
    public void The_admin_listener_takes_its_own_though_the_other_addresses_were_asked_for_by_the_same_words()
    {
        InheritedListeners listeners = new() { Giver = "The service manager" };
        listeners.Add("ws://127.0.0.1:0", 3);
        listeners.Add("http://127.0.0.1:0", 4);
        ListenAddress address = ListenAddress.ParseAll("ws://127.0.0.1:0")[0];
        // It starts first, and those that it does not take are for the others.
        InheritedListeners admin = listeners.ForAdmin();
        admin.ThrowIfUnused("ws://127.0.0.1:0");
        Assert.Equal([4], admin.Take(address));
        Assert.Empty(admin.Take(address));
        Assert.Equal([3], listeners.Take(address));
        Assert.Empty(listeners.Sockets);
    }

    [Fact]
    public void Localhost_takes_the_sockets_of_both_families()
    {
        InheritedListeners listeners = new();
        listeners.Add("ws://localhost:8080", 3);
        listeners.Add("ws://localhost:8080", 4);
        listeners.Add("ws://unix:/run/a.sock", 5);
        ListenAddress[] addresses = [.. ListenAddress.ParseAll("ws://localhost:8080;ws://unix:/run/a.sock")];
        Assert.Equal(["3 4", "5"], addresses.Select(address => string.Join(' ', listeners.Take(address))));
    }

    [Fact]
    public void One_that_no_address_asks_for_is_an_error_that_names_it()
    {
        InheritedListeners listeners = new() { Giver = "The service manager (LISTEN_FDS)" };
        listeners.Add("127.0.0.1:9999", 3);
        using var server = new InheritingServer(listeners);
        TransportException exception = Assert.Throws<TransportException>(server.Server.Start);
        Assert.Equal(
            "The service manager (LISTEN_FDS) hands over a socket for 127.0.0.1:9999, but Urls (--urls) has no such address: "
            + "'ws://127.0.0.1:0'.",
            exception.Message);
    }

    [Fact]
    public void What_is_no_listening_socket_is_refused()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.Contains("is not a listening socket", Refuse((int)socket.Handle), StringComparison.Ordinal);
        Assert.Contains("is not a listening socket", Refuse(100_000), StringComparison.Ordinal);
        string path = Path.Combine(Path.GetTempPath(), $"wsaot-{Guid.NewGuid():n}");
        using var local = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        local.Bind(new UnixDomainSocketEndPoint(path));
        local.Listen();
        Assert.Equal("unix:" + path, InheritedSocket.ReadAddress((int)local.Handle));
        File.Delete(path);

        static string Refuse(int descriptor) =>
            Assert.Throws<TransportException>(() => InheritedSocket.ReadAddress(descriptor)).Message;
    }

    [Fact]
    public void What_a_process_says_to_its_successor_can_be_read()
    {
        using var pipe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        InheritedListeners listeners = new();
        listeners.Add("wss://[::1]:0", (int)first.Handle);
        string value = Predecessor.Describe((int)pipe.Handle, listeners);
        Assert.Equal($"{pipe.Handle};{first.Handle}=wss://[::1]:0", value);
        Assert.Equal(Lines(listeners), Lines(Predecessor.Parse(value)!.Listeners));
        // Another program has been started in between, and has closed what it does not know.
        Assert.Null(Predecessor.Parse("100000;100001=ws://127.0.0.1:0"));
        Assert.Null(Predecessor.Parse("nonsense"));
    }

    [Fact]
    public void A_server_goes_on_with_the_socket_and_what_waits_there()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = GuardMs };
        client.Connect(listener.LocalEndPoint!);
        // The server closes its own.
        const int Duplicate = 1030;
        int descriptor = LibC.FCntl((int)listener.Handle, Duplicate, 0);
        InheritedListeners listeners = new();
        listeners.Add("ws://127.0.0.1:0", descriptor);
        using var server = new InheritingServer(listeners);
        server.Server.Start();
        Assert.Equal([$"ws://{client.RemoteEndPoint}"], server.Server.Urls);
        client.Send("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"u8);
        byte[] answer = new byte[15];
        Assert.Equal(answer.Length, client.Receive(answer));
        Assert.Equal("HTTP/1.1 200 OK"u8.ToArray(), answer);
        Assert.Equal([$"ws://127.0.0.1:0 {descriptor}"], Lines(server.Server.Lifetime.FindListeners()!));
    }

    [Fact]
    public void The_sockets_transport_says_that_it_cannot()
    {
        InheritedListeners listeners = new();
        listeners.Add("ws://127.0.0.1:0", 100_000);
        using var server = new InheritingServer(listeners, TransportKind.Sockets);
        TransportException exception = Assert.Throws<TransportException>(server.Server.Start);
        Assert.EndsWith(": choose --transport epoll.", exception.Message, StringComparison.Ordinal);
        using var other = new InheritingServer(null, TransportKind.Sockets);
        other.Server.Start();
        Assert.Null(other.Server.Lifetime.FindListeners());
    }

    private static IEnumerable<string> Lines(InheritedListeners listeners) =>
        listeners.Sockets.Select(static one => $"{one.Address} {one.Socket}");

    private sealed class InheritingServer : IDisposable
    {
        public InheritingServer(InheritedListeners? listeners, TransportKind transport = TransportKind.Epoll)
        {
            WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
            (builder.Options.Urls, builder.Options.Loops, builder.Options.Transport) = ("ws://127.0.0.1:0", 1, transport);
            builder.Inherited = listeners;
            Script script = new();
            builder.Services.Add(script).Add(new ConnectionResource(script));
            Server = builder.Build();
        }

        public WsServer Server { get; }

        public void Dispose() => Server.Dispose();
    }
}
