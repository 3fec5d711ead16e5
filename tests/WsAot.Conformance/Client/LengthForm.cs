namespace WsAot.Conformance.Client;

/// <summary>How a payload length is written (RFC 6455 section 5.2).</summary>
internal enum LengthForm
{
    /// <summary>The one that is legal.</summary>
    Shortest,

    /// <summary>126 and two bytes.</summary>
    Bits16,

    /// <summary>127 and eight bytes.</summary>
    Bits64,
}
