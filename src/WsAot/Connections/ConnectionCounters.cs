namespace WsAot.Connections;

/// <summary>
/// Counts the messages and bytes of a connection for the log line about its close. Exists only if connections are logged. Used on the loop.
/// </summary>
/// <param name="openedMs">The loop's time when the connection opened.</param>
internal sealed class ConnectionCounters(long openedMs)
{
    public long OpenedMs { get; } = openedMs;

    public long MessagesReceived { get; private set; }

    /// <summary>The payload bytes of the received messages, after decompression.</summary>
    public long BytesReceived { get; private set; }

    public long MessagesSent { get; private set; }

    /// <summary>The payload bytes of the sent messages, before compression.</summary>
    public long BytesSent { get; private set; }

    public void OnReceived(int bytes)
    {
        MessagesReceived++;
        BytesReceived += bytes;
    }

    public void OnSent(int bytes)
    {
        MessagesSent++;
        BytesSent += bytes;
    }
}
