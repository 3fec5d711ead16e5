using System.Net;

namespace WsAot.Transport.Tests.Driving;

/// <summary>How the server ended a connection, as the peer sees it.</summary>
public enum PeerEnd
{
    Fin,
    Reset,
}

/// <summary>The client's side of a connection in a test.</summary>
public abstract class TestPeer : IDisposable
{
    public abstract IPEndPoint LocalEndPoint { get; }

    /// <summary>The bytes that have arrived and were not read.</summary>
    public abstract int Available { get; }

    public abstract void Send(byte[] bytes);

    /// <summary>Reads exactly this many bytes.</summary>
    public abstract byte[] Receive(int count);

    /// <summary>Reads what one receive call returns.</summary>
    public abstract byte[] ReceiveOnce();

    /// <summary>Reads until the server ends the connection.</summary>
    public abstract PeerEnd ReceiveEnd();

    public abstract void Shutdown();

    public abstract void Reset();

    public abstract void Dispose();
}
