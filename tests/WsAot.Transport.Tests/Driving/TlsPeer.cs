using System.Net;
using System.Net.Sockets;
using WsAot.TestKit.Tls;

namespace WsAot.Transport.Tests.Driving;

/// <summary>A peer that speaks TLS over another peer.</summary>
public sealed class TlsPeer : TestPeer
{
    private readonly List<byte> _read = [];
    private PeerEnd? _end;

    public TlsPeer(TestPeer inner, TlsClientOptions? options = null)
    {
        Inner = inner;
        Client = new TlsClient(options);
    }

    public TestPeer Inner { get; }

    public TlsClient Client { get; }

    public override IPEndPoint LocalEndPoint => Inner.LocalEndPoint;

    /// <summary>Ciphertext, so that any thread may ask.</summary>
    public override int Available => Inner.Available;

    /// <summary>Sends what begins the handshake.</summary>
    public void Begin()
    {
        Client.Connect();
        Push();
    }

    /// <summary>Reads what the server has sent of itself after the handshake: a ticket.</summary>
    public void TakeTicket()
    {
        if (Inner.Available > 0) Pull();
    }

    /// <summary>Runs the handshake to its end, which may be that the server refuses.</summary>
    public void Connect()
    {
        try
        {
            while (!Client.Connect() && Client.Failure is null)
            {
                Push();
                byte[] ciphertext = Inner.ReceiveOnce();
                if (ciphertext.Length == 0) return;
                Client.Feed(ciphertext);
            }

            Push();
        }
        catch (IOException)
        {
            // The server has closed the connection.
        }
        catch (SocketException exception)
        {
            // As well, without waiting for what it was sent.
            _end = exception.SocketErrorCode == SocketError.ConnectionReset ? PeerEnd.Reset : PeerEnd.Fin;
        }
    }

    public override void Send(byte[] bytes)
    {
        Client.Write(bytes);
        Push();
    }

    public override byte[] Receive(int count)
    {
        while (_read.Count < count) Assert.True(Pull(), $"The connection ended after {_read.Count} of {count} bytes.");
        byte[] received = [.. _read[..count]];
        _read.RemoveRange(0, count);
        return received;
    }

    public override byte[] ReceiveOnce()
    {
        while (_read.Count == 0 && Pull())
        {
        }

        byte[] received = [.. _read];
        _read.Clear();
        return received;
    }

    public override PeerEnd ReceiveEnd() => _end ?? Inner.ReceiveEnd();

    public override void Shutdown()
    {
        Client.End();
        Push();
        Inner.Shutdown();
    }

    public override void Reset() => Inner.Reset();

    public override void Dispose()
    {
        Inner.Dispose();
        Client.Dispose();
    }

    /// <summary>Sends what the client has encrypted.</summary>
    public void Push()
    {
        if (Client.Take() is { Length: > 0 } ciphertext) Inner.Send(ciphertext);
    }

    private bool Pull()
    {
        byte[] ciphertext = Inner.ReceiveOnce();
        Client.Feed(ciphertext);
        _read.AddRange(Client.Read());
        Push();
        return ciphertext.Length > 0;
    }
}
