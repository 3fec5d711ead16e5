using WsAot.TestKit.Tls;
using WsAot.Transport.InMemory;
using WsAot.Transport.Tests.Driving;

namespace WsAot.Transport.Tests.Tls;

/// <summary>A client of a <see cref="TlsWorld"/>, and what its server hears of it.</summary>
internal sealed class TlsWorldClient(TlsWorld world, InMemoryPeer peer, TlsClient client) : IConnectionHandler
{
    private readonly List<byte> _received = [];

    public InMemoryPeer Peer => peer;

    public TlsClient Client => client;

    public TransportConnection Connection { get; set; } = null!;

    public byte[] Received => [.. _received];

    public int ReceivedCalls { get; private set; }

    public int PeerShutdowns { get; private set; }

    public int Closings { get; private set; }

    public string? Failure { get; private set; }

    /// <summary>What the server does with the bytes where they lie; null: what the world says.</summary>
    public ServedConnection.ReceivedAction? Handler { get; set; }

    /// <summary>Whether the server lingers after a failure, as for a response that is to be read.</summary>
    public bool Lingers { get; init; }

    /// <summary>Goes back and forth until neither side has anything to say.</summary>
    public void Shake()
    {
        do
        {
            client.Connect();
        }
        while (Exchange());
    }

    /// <summary>Sends what the client has to say, and reads what the server says.</summary>
    /// <returns>Whether the server has said anything.</returns>
    public bool Exchange()
    {
        peer.Send(client.Take());
        world.Transport.RunUntilIdle();
        byte[] ciphertext = peer.Take();
        client.Feed(ciphertext);
        return ciphertext.Length > 0;
    }

    /// <summary>Sends a message and reads what comes back.</summary>
    public byte[] Ask(byte[] message)
    {
        client.Write(message);
        Exchange();
        return client.Read();
    }

    public void OnReceived(Span<byte> bytes)
    {
        ReceivedCalls++;
        byte[] copy = bytes.ToArray();
        _received.AddRange(copy);
        if (Handler is { } handle) handle(Connection, bytes);
        else world.WhenReceived(Connection, copy);
    }

    public void OnPeerShutdown() => PeerShutdowns++;

    public void OnOutputProgress()
    {
    }

    public void OnTlsFailed(string reason)
    {
        Assert.Null(Failure);
        Failure = reason;
        if (Lingers) Connection.ShutdownOutput();
    }

    public void OnClosed() => Closings++;
}
