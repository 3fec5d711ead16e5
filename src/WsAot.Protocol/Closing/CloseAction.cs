namespace WsAot.Protocol.Closing;

/// <summary>What a server does after it has received a close frame.</summary>
public enum CloseAction : byte
{
    /// <summary>Nothing: it is not the first close frame, or the connection is not open.</summary>
    None,

    /// <summary>Send a close frame with <see cref="ConnectionLifecycle.EchoCode"/>, then end the TCP connection.</summary>
    EchoThenEndTcp,

    /// <summary>End the TCP connection: the close frame answers ours.</summary>
    EndTcp,
}
