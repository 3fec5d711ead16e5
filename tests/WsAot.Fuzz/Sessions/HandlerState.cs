namespace WsAot.Fuzz.Sessions;

/// <summary>The handler of one connection, and what it has seen.</summary>
internal sealed class HandlerState(WsConnection connection)
{
    public WsConnection Connection => connection;

    public int Opened { get; set; }

    public int Closed { get; set; }

    /// <summary>The messages that the connection accepted to send, in order.</summary>
    public List<(int Opcode, byte[] Payload)> Sent { get; } = [];
}
