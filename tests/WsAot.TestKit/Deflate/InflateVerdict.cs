namespace WsAot.TestKit.Deflate;

/// <summary>The verdict on a compressed message.</summary>
public enum InflateVerdict
{
    /// <summary>A message.</summary>
    Message,

    /// <summary>Not deflate, or not the whole of a message.</summary>
    Invalid,

    /// <summary>A message, or the beginning of one, that exceeds the limit when it is inflated.</summary>
    TooLong,
}
