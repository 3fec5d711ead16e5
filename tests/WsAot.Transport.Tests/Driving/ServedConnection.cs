using System.Buffers;

namespace WsAot.Transport.Tests.Driving;

/// <summary>The server's side of a connection in a test: it records every call, and runs what the test has set for it.</summary>
public sealed class ServedConnection(TransportDriver driver, TransportConnection connection, ListenOptions listener) : IConnectionHandler
{
    private readonly ArrayBufferWriter<byte> _received = new();

    public delegate void ReceivedAction(TransportConnection connection, Span<byte> bytes);

    public TransportConnection Connection => connection;

    /// <summary>The listener that the connection came in on.</summary>
    public ListenOptions Listener => listener;

    public ReceivedAction? WhenReceived { get; set; }

    public Action<TransportConnection>? WhenTurn { get; set; }

    public Action<TransportConnection>? WhenPeerShut { get; set; }

    public Action<TransportConnection>? WhenProgress { get; set; }

    public Action<TransportConnection>? WhenClosed { get; set; }

    /// <summary>The calls in their order; repeated calls of one kind are recorded once.</summary>
    public List<string> Events { get; } = [];

    public int ReceivedBytes => _received.WrittenCount;

    public int ReceivedCalls { get; private set; }

    public int Turns { get; private set; }

    public int PeerShutdowns { get; private set; }

    public int ProgressCalls { get; private set; }

    public int PeerResets { get; private set; }

    public int Closings { get; private set; }

    public int WrongThreadCalls { get; private set; }

    public bool IsKeeping { get; set; } = true;

    public byte[] Received => _received.WrittenSpan.ToArray();

    public void OnReceived(Span<byte> bytes)
    {
        lock (driver.Gate)
        {
            if (IsKeeping) _received.Write(bytes);
            ReceivedCalls++;
            Note("received");
        }

        WhenReceived?.Invoke(connection, bytes);
    }

    public void OnTurn()
    {
        lock (driver.Gate)
        {
            Turns++;
            Note("turn");
        }

        WhenTurn?.Invoke(connection);
    }

    public void OnPeerShutdown()
    {
        lock (driver.Gate)
        {
            PeerShutdowns++;
            Note("shut");
        }

        WhenPeerShut?.Invoke(connection);
    }

    public void OnOutputProgress()
    {
        lock (driver.Gate)
        {
            ProgressCalls++;
            Note("progress");
        }

        WhenProgress?.Invoke(connection);
    }

    public void OnPeerReset()
    {
        lock (driver.Gate)
        {
            PeerResets++;
            Note("reset");
        }
    }

    public void OnClosed()
    {
        // Before the end is recorded, so that a test which waits for the end sees what this did.
        WhenClosed?.Invoke(connection);
        lock (driver.Gate)
        {
            Closings++;
            Note("closed");
        }
    }

    private void Note(string name)
    {
        if (!connection.Loop.IsCurrent) WrongThreadCalls++;
        if (Events.Count == 0 || Events[^1] != name) Events.Add(name);
        Monitor.PulseAll(driver.Gate);
    }
}
