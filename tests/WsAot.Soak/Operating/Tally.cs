namespace WsAot.Soak.Operating;

/// <summary>The counts of the clients of one route, over all processes. Any thread.</summary>
internal sealed class Tally(string route)
{
    public string Route => route;

    /// <summary>Upgrades that were answered with 101.</summary>
    public long Opened;

    /// <summary>Connections that a client has closed, and whose close frame was answered.</summary>
    public long Closed;

    /// <summary>Connections that the server has closed since it was stopped or replaced.</summary>
    public long Stopped;

    public long TextsSent;
    public long TextBytesSent;
    public long BinariesSent;
    public long BinaryBytesSent;
    public long PingsSent;

    public long TextsReceived;
    public long TextBytesReceived;
    public long BinariesReceived;
    public long BinaryBytesReceived;
    public long PongsReceived;

    public long Acknowledged => Interlocked.Read(ref TextsReceived) + Interlocked.Read(ref BinariesReceived);

    /// <summary>Counts a message that the client sends before its close frame, so that the server reads it.</summary>
    public void OnSent(Opcode kind, int bytes)
    {
        if (kind == Opcode.Ping) Interlocked.Increment(ref PingsSent);
        else if (kind == Opcode.Text) Count(ref TextsSent, ref TextBytesSent, bytes);
        else Count(ref BinariesSent, ref BinaryBytesSent, bytes);
    }

    public void OnReceived(Opcode kind, int bytes)
    {
        if (kind == Opcode.Pong) Interlocked.Increment(ref PongsReceived);
        else if (kind == Opcode.Text) Count(ref TextsReceived, ref TextBytesReceived, bytes);
        else Count(ref BinariesReceived, ref BinaryBytesReceived, bytes);
    }

    private static void Count(ref long messages, ref long bytes, int length)
    {
        Interlocked.Increment(ref messages);
        Interlocked.Add(ref bytes, length);
    }
}
