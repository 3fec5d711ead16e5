namespace WsAot.Protocol.Deflate;

/// <summary>What a server wants of permessage-deflate. Immutable; all connections of a route share one.</summary>
/// <param name="NoContextTakeover">
/// Nothing is kept between messages, in either direction, so that no connection needs a window of its own.
/// </param>
/// <param name="MaxWindowBits">The largest window for either side, where the client lets itself be told: 8 to 15.</param>
/// <exception cref="ArgumentOutOfRangeException">The window is out of its range.</exception>
public sealed record DeflatePolicy(bool NoContextTakeover, int MaxWindowBits = DeflateParameters.LargestWindowBits)
{
    /// <summary>The largest window for either side, where the client lets itself be told: 8 to 15.</summary>
    public int MaxWindowBits { get; } = DeflateParameters.IsWindowBits(MaxWindowBits)
        ? MaxWindowBits
        : throw new ArgumentOutOfRangeException(nameof(MaxWindowBits));
}
