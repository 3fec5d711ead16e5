using System.Net;

namespace WsAot.Transport.Tests.Driving;

/// <summary>How a connection ended, seen from the peer.</summary>
public enum PeerEnd
{
    Fin,
    Reset,
}

/// <summary>The client's side of a test's connection.</summary>
public abstract class TestPeer : IDisposable
{
    public abstract IPEndPoint LocalEndPoint { get; }

    /// <summary>Bytes that have come and were not read.</summary>
    public abstract int Available { get; }

    public abstract void Send(byte[] bytes);

    /// <summary>Reads exactly so many bytes.</summary>
    public abstract byte[] Receive(int count);

    /// <summary>Reads what one call gives.</summary>
    public abstract byte[] ReceiveOnce();

    /// <summary>Reads to the end.</summary>
    public abstract PeerEnd ReceiveEnd();

    public abstract void Shutdown();

    public abstract void Reset();

    public abstract void Dispose();
}
