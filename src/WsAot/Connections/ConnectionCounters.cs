namespace WsAot.Connections;

/// <summary>What a connection has carried, for its last line in the log. A connection that is not logged has none. On the loop.</summary>
/// <param name="openedMs">The loop's time when the connection opened.</param>
internal sealed class ConnectionCounters(long openedMs)
{
    public long OpenedMs { get; } = openedMs;

    public long MessagesReceived { get; private set; }

    /// <summary>The bytes of the messages, without headers, decompressed.</summary>
    public long BytesReceived { get; private set; }

    public long MessagesSent { get; private set; }

    /// <summary>The bytes of the messages, without headers, before they were compressed.</summary>
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
