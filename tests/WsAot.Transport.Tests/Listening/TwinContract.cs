using System.Net;
using System.Net.Sockets;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Listening;

/// <summary>Listening on an address of each family with the same port.</summary>
public abstract class TwinContract(TransportKind kind) : ContractTest(options => new SocketDriver(kind, options))
{
    private static readonly ListenOptions s_localhost = new(new IPEndPoint(IPAddress.Loopback, 0)) { Twin = IPAddress.IPv6Loopback };

    [IPv6Fact]
    public async Task Both_families_have_the_port_that_was_chosen()
    {
        var endPoint = (IPEndPoint)Driver.Transport.Listen(s_localhost);
        Assert.Equal(IPAddress.Loopback, endPoint.Address);
        using var v4 = new SocketDriver.Peer(endPoint);
        using var v6 = new SocketDriver.Peer(new IPEndPoint(IPAddress.IPv6Loopback, endPoint.Port));
        Driver.Until(() => Driver.Served.Count == 2);
        Assert.All(Driver.Served, static served => Assert.Same(s_localhost, served.Listener));
        await Driver.Transport.StopListeningAsync();
        Assert.ThrowsAny<SocketException>(() => new SocketDriver.Peer(new IPEndPoint(IPAddress.IPv6Loopback, endPoint.Port)));
    }

    [IPv6Fact]
    public void A_port_that_is_named_and_taken_in_one_family_is_said()
    {
        using var taken = new TcpListener(IPAddress.IPv6Loopback, 0);
        taken.Start();
        int port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var localhost = new ListenOptions(new IPEndPoint(IPAddress.Loopback, port)) { Twin = IPAddress.IPv6Loopback };
        var exception = Assert.Throws<TransportException>(() => Driver.Transport.Listen(localhost));
        Assert.Equal($"Cannot listen on [::1]:{port}: address already in use.", exception.Message);
        // The other one was given back.
        Driver.Transport.Listen(new ListenOptions(new IPEndPoint(IPAddress.Loopback, port)));
    }

    [Fact]
    public void An_address_that_the_machine_does_not_have_is_done_without()
    {
        // RFC 3849: 2001:db8::/32 is for documentation, so no machine has one of these.
        var options = new ListenOptions(new IPEndPoint(IPAddress.Loopback, 0)) { Twin = IPAddress.Parse("2001:db8::1") };
        using var peer = new SocketDriver.Peer((IPEndPoint)Driver.Transport.Listen(options));
        Driver.Until(() => Driver.Served.Count == 1);
    }
}
