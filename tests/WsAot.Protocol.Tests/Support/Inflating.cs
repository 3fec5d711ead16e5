using WsAot.Protocol.Deflate;

namespace WsAot.Protocol.Tests.Support;

/// <summary>Inflates messages that are good.</summary>
internal static class Inflating
{
    /// <summary>Limits that no test reaches by chance. Long messages are inflated in parts.</summary>
    public static readonly InflateLimits Wide = new(1 << 24, 2000);

    /// <summary>Inflates a whole message, in as many parts as the limits make of it.</summary>
    public static ProtocolError Inflate(
        this MessageInflater inflater, ReadOnlySpan<byte> compressed, InflateLimits limits, out ReadOnlySpan<byte> message)
    {
        ProtocolError error;
        do
        {
            error = inflater.Inflate(compressed, limits, out int used, out message);
            compressed = compressed[used..];
        }
        while (inflater.IsInProgress);

        return error;
    }

    /// <summary>A message of one stored block.</summary>
    public static byte[] Stored(byte[] bytes) =>
        [0, (byte)bytes.Length, (byte)(bytes.Length >> 8), (byte)~bytes.Length, (byte)(~bytes.Length >> 8), .. bytes, 0];

    /// <summary>What a message inflates to, which must be right.</summary>
    public static ReadOnlySpan<byte> Inflate(MessageInflater inflater, byte[] compressed) => Inflate(inflater, compressed, Wide);

    /// <inheritdoc cref="Inflate(MessageInflater, byte[])"/>
    public static ReadOnlySpan<byte> Inflate(MessageInflater inflater, byte[] compressed, InflateLimits limits)
    {
        Assert.Equal(ProtocolError.None, inflater.Inflate(compressed, limits, out ReadOnlySpan<byte> message));
        return message;
    }
}
