namespace WsAot.Protocol.Frames;

/// <summary>The header of one frame (RFC 6455 section 5.2).</summary>
public readonly struct FrameHeader
{
    private readonly byte _first;
    private readonly byte _second;

    internal FrameHeader(byte first, byte second, int length, long payloadLength, uint maskingKey)
    {
        _first = first;
        _second = second;
        Length = length;
        PayloadLength = payloadLength;
        MaskingKey = maskingKey;
    }

    /// <summary>Whether this is the last fragment of a message, or a whole message.</summary>
    public bool Fin => (_first & 0x80) != 0;

    /// <summary>RSV1, RSV2 and RSV3 as one number from 0 to 7; RSV1 is 4.</summary>
    public byte Rsv => (byte)((_first >> 4) & 7);

    /// <summary>RSV1: the message that begins here is compressed (RFC 7692 section 6).</summary>
    public bool IsCompressed => (_first & 0x40) != 0;

    /// <summary>The type of the frame.</summary>
    public Opcode Opcode => (Opcode)(_first & 0x0F);

    /// <summary>Whether a masking key follows the length.</summary>
    public bool IsMasked => (_second & 0x80) != 0;

    /// <summary>The masking key, with its first byte in the lowest eight bits; 0 if the frame is not masked.</summary>
    public uint MaskingKey { get; }

    /// <summary>The length of the payload in bytes.</summary>
    public long PayloadLength { get; }

    /// <summary>The length of the header itself: 2 to 14 bytes.</summary>
    public int Length { get; }

    /// <summary>Whether this is a close, ping or pong (section 5.5: the opcode's most significant bit is set).</summary>
    public bool IsControl => (_first & 0x08) != 0;
}
