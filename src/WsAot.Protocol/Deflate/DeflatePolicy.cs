namespace WsAot.Protocol.Deflate;

/// <summary>How a server wants to use permessage-deflate. Immutable; all connections of a route share one.</summary>
/// <param name="NoContextTakeover">Whether both sides compress each message by itself, so that no connection needs its own window.</param>
/// <param name="MaxWindowBits">The largest window for either side, if the client lets the server set it: 8 to 15.</param>
/// <exception cref="ArgumentOutOfRangeException">The window is out of its range.</exception>
public sealed record DeflatePolicy(bool NoContextTakeover, int MaxWindowBits = DeflateParameters.LargestWindowBits)
{
    /// <summary>The largest window for either side, if the client lets the server set it: 8 to 15.</summary>
    public int MaxWindowBits { get; } = DeflateParameters.IsWindowBits(MaxWindowBits)
        ? MaxWindowBits
        : throw new ArgumentOutOfRangeException(nameof(MaxWindowBits));
}
