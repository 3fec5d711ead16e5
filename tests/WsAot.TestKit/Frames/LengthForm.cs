namespace WsAot.TestKit.Frames;

/// <summary>How a payload length is written (RFC 6455 section 5.2).</summary>
public enum LengthForm
{
    /// <summary>The only legal form.</summary>
    Shortest,

    /// <summary>Seven bits. The higher bits of a longer length are lost.</summary>
    Bits7,

    /// <summary>126 and two bytes.</summary>
    Bits16,

    /// <summary>127 and eight bytes.</summary>
    Bits64,
}
