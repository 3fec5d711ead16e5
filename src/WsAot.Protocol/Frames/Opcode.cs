namespace WsAot.Protocol.Frames;

/// <summary>The type of a frame (RFC 6455 section 5.2). Values not listed here are reserved.</summary>
public enum Opcode : byte
{
    /// <summary>A further fragment of the current message.</summary>
    Continuation = 0,

    /// <summary>A text message, or its first fragment.</summary>
    Text = 1,

    /// <summary>A binary message, or its first fragment.</summary>
    Binary = 2,

    /// <summary>A close frame (section 5.5.1).</summary>
    Close = 8,

    /// <summary>A ping (section 5.5.2).</summary>
    Ping = 9,

    /// <summary>A pong (section 5.5.3).</summary>
    Pong = 10,
}
