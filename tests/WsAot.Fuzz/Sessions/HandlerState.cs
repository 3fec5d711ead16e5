namespace WsAot.Fuzz.Sessions;

/// <summary>The handler of one connection, and what it has seen.</summary>
internal sealed class HandlerState(WsConnection connection)
{
    public WsConnection Connection => connection;

    public int Opened { get; set; }

    public int Closed { get; set; }

    /// <summary>Messages that were given to the connection and taken, in order.</summary>
    public List<(int Opcode, byte[] Payload)> Sent { get; } = [];
}
