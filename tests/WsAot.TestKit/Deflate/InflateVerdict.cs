namespace WsAot.TestKit.Deflate;

/// <summary>What a compressed message was found to be.</summary>
public enum InflateVerdict
{
    /// <summary>A message.</summary>
    Message,

    /// <summary>Not deflate, or not the whole of a message.</summary>
    Invalid,

    /// <summary>A message, or the beginning of one, that becomes longer than it may.</summary>
    TooLong,
}
