using System.Net;
using System.Net.Sockets;
using System.Text;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Listening;

/// <summary>Unix sockets, and what becomes of their files.</summary>
public abstract class UnixSocketContract(TransportKind kind) : ContractTest(options => new SocketDriver(kind, options)), IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wsaot-unix").FullName;

    private string Name => Path.Combine(_folder, "a.sock");

    private ServerTransport Transport => Driver.Transport;

    void IDisposable.Dispose()
    {
        Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_client_is_served_and_has_no_address()
    {
        Driver.WhenConnected = static served => served.WhenReceived = Echo;
        EndPoint endPoint = Listen();
        Assert.Equal("unix:" + Name, endPoint.ToString());
        using Socket client = Connect(Name);
        client.Send([1, 2, 3]);
        byte[] answer = new byte[3];
        Assert.Equal(3, client.Receive(answer));
        Assert.Equal([1, 2, 3], answer);
        PeerAddress address = Assert.Single(Driver.Served).Connection.RemoteAddress;
        Assert.False(address.HasIPAddress);
        Assert.Equal("unix:", address.ToString());
        Assert.Equal(new IPEndPoint(IPAddress.Any, 0), address.ToIPEndPoint());
        Driver.OnLoop(Driver.Served[0], static connection => Assert.True(connection.GetDelivery().IsComplete));
    }

    [Fact]
    public void A_client_that_has_a_name_has_no_address_either()
    {
        Listen();
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Bind(new UnixDomainSocketEndPoint(Path.Combine(_folder, "a-long-name-of-the-client-which-is-longer-than-an-address.sock")));
        client.Connect(new UnixDomainSocketEndPoint(Name));
        Driver.Until(() => Driver.Served.Count == 1);
        Assert.Equal("unix:", Driver.Served[0].Connection.RemoteAddress.ToString());
    }

    [Fact]
    public void An_abstract_name_needs_no_file()
    {
        string name = $"@wsaot-{Guid.NewGuid()}";
        Assert.Equal("unix:" + name, Listen(name).ToString());
        using Socket client = Connect('\0' + name[1..]);
        Driver.Until(() => Driver.Served.Count == 1);
        Assert.EndsWith("address already in use.", Assert.Throws<TransportException>(() => Listen(name)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task The_file_has_its_mode_and_goes_at_the_end()
    {
        Listen();
        Assert.Equal("660", Run("stat", "-c", "%a", Name).Trim());
        var other = new ListenOptions(new UnixEndPoint(Name + "2")) { UnixMode = (UnixFileMode)Convert.ToInt32("602", 8) };
        Transport.Listen(other);
        Assert.Equal("602", Run("stat", "-c", "%a", Name + "2").Trim());
        await Transport.StopListeningAsync();
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void An_owner_that_may_not_be_given_is_said_and_leaves_no_file()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Transport.Listen(new ListenOptions(new UnixEndPoint(Name)) { UnixUserId = 12345, UnixGroupId = 54321 });
            string owner = Run("stat", "-c", "%u:%g %a", Name);
            Assert.Equal("12345:54321 660", owner.Trim());
            return;
        }

        var options = new ListenOptions(new UnixEndPoint(Name)) { UnixUserId = 0 };
        var exception = Assert.Throws<TransportException>(() => Transport.Listen(options));
        Assert.Equal($"Cannot set the permissions of unix:{Name}: permission denied.", exception.Message);
        Assert.False(File.Exists(Name));
    }

    [Fact]
    public void A_socket_that_was_left_is_replaced_and_one_that_is_served_is_not()
    {
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(Name));
            // .NET would remove the file of a socket that it has bound.
            File.Move(Name, Name + "2");
        }

        File.Move(Name + "2", Name);
        Listen();
        using Socket client = Connect(Name);
        Driver.Until(() => Driver.Served.Count == 1);

        var exception = Assert.Throws<TransportException>(() => Listen());
        Assert.Equal($"Cannot listen on unix:{Name}: address already in use.", exception.Message);
        using Socket again = Connect(Name);
    }

    [Fact]
    public void A_file_that_is_not_a_socket_is_never_touched()
    {
        File.WriteAllText(Name, "precious");
        var exception = Assert.Throws<TransportException>(() => Listen());
        Assert.Equal($"Cannot listen on unix:{Name}: a file that is not a socket is there.", exception.Message);
        Assert.Equal("precious", File.ReadAllText(Name));
        File.Delete(Name);

        Directory.CreateDirectory(Name);
        Assert.Throws<TransportException>(() => Listen());
        Assert.True(Directory.Exists(Name));
        Directory.Delete(Name);

        // Nor is what a link leads to, or the link.
        string target = Path.Combine(_folder, "b.sock");
        File.WriteAllText(target, "precious");
        File.CreateSymbolicLink(Name, target);
        Assert.Throws<TransportException>(() => Listen());
        Assert.Equal("precious", File.ReadAllText(Name));
    }

    [Fact]
    public async Task What_others_have_put_in_the_place_stays_there_at_the_end()
    {
        Listen();
        File.Delete(Name);
        File.WriteAllText(Name, "precious");
        await Transport.StopListeningAsync();
        Assert.Equal("precious", File.ReadAllText(Name));
        File.Delete(Name);

        Listen();
        File.Delete(Name);
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(Name));
        other.Listen();
        await Transport.StopListeningAsync();
        using Socket client = Connect(Name);
    }

    [Fact]
    public void A_folder_that_is_missing_is_said()
    {
        string name = Path.Combine(_folder, "missing", "a.sock");
        Assert.Equal(
            $"Cannot listen on unix:{name}: the folder does not exist.",
            Assert.Throws<TransportException>(() => Listen(name)).Message);
    }

    [Fact]
    public void A_question_is_answered_over_a_Unix_socket()
    {
        Driver.WhenConnected = static served => served.WhenReceived = static (connection, bytes) =>
        {
            connection.Write(bytes, default);
            connection.ShutdownOutput();
        };
        Listen();
        byte[] answer = new byte[64];
        int length = BlockingClient.Ask(new UnixEndPoint(Name), "question"u8, answer, 30_000);
        Assert.Equal("question", Encoding.ASCII.GetString(answer, 0, length));
        var exception = Assert.Throws<TransportException>(
            () => BlockingClient.Ask(new UnixEndPoint(Name + "2"), "question"u8, new byte[64], 30_000));
        Assert.StartsWith("Cannot connect: ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("/a\0b")]
    public void A_name_that_cannot_be_one_is_refused(string name) => Assert.Throws<ArgumentException>(() => new UnixEndPoint(name));

    [Fact]
    public void A_name_has_107_bytes_at_most()
    {
        string name = Path.Combine(_folder, "").PadRight(107, 'x');
        Listen(name);
        using Socket client = Connect(name);
        Driver.Until(() => Driver.Served.Count == 1);
        Assert.Throws<ArgumentException>(() => new UnixEndPoint(name + "x"));
    }

    private static string Run(string file, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(file, arguments) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd();
    }

    private static Socket Connect(string name)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        {
            ReceiveTimeout = (int)TransportDriver.Patience.TotalMilliseconds,
        };
        socket.Connect(new UnixDomainSocketEndPoint(name));
        return socket;
    }

    private EndPoint Listen(string? name = null) => Transport.Listen(new ListenOptions(new UnixEndPoint(name ?? Name)));
}
