namespace WsAot.Protocol;

/// <summary>
/// A violation of RFC 6455 or of a limit by the peer. <see cref="ProtocolErrors.Describe"/> gives the close code, the section and a text
/// for each.
/// </summary>
public enum ProtocolError : byte
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>RSV1, RSV2 or RSV3 is set and no negotiated extension gives it a meaning (section 5.2).</summary>
    ReservedBitSet,

    /// <summary>The opcode is one of 3 to 7 or 11 to 15 (section 5.2).</summary>
    ReservedOpcode,

    /// <summary>A close, ping or pong without FIN (section 5.5).</summary>
    FragmentedControlFrame,

    /// <summary>A close, ping or pong whose payload is longer than 125 bytes (section 5.5).</summary>
    ControlFrameTooLong,

    /// <summary>A client sent a frame that is not masked (section 5.1).</summary>
    UnmaskedFrame,

    /// <summary>The payload length is not in its shortest form (section 5.2).</summary>
    LengthNotMinimal,

    /// <summary>The most significant bit of a 64-bit payload length is set (section 5.2).</summary>
    LengthTopBitSet,

    /// <summary>A continuation frame while no message is being received (section 5.4).</summary>
    UnexpectedContinuation,

    /// <summary>A new text or binary frame before the fragmented message has ended (section 5.4).</summary>
    ExpectedContinuation,

    /// <summary>A text message is not UTF-8 (section 8.1).</summary>
    InvalidUtf8,

    /// <summary>The message is larger than the limit (section 10.4).</summary>
    MessageTooBig,

    /// <summary>The message has more fragments than the limit, empty ones counted (section 10.4).</summary>
    TooManyFragments,

    /// <summary>A close payload of one byte: a code needs two (section 5.5.1).</summary>
    ClosePayloadOfOneByte,

    /// <summary>A close code that must not be sent (section 7.4).</summary>
    InvalidCloseCode,

    /// <summary>The reason in a close frame is not UTF-8 (section 5.5.1).</summary>
    InvalidCloseReason,

    /// <summary>A compressed message is not deflate data (RFC 7692 section 7.2.2).</summary>
    InvalidDeflateData,
}
