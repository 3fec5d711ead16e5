using System.Buffers;
using System.Buffers.Text;
using System.ComponentModel;
using WsAot.Protocol;
using WsAot.Protocol.Deflate;
using WsAot.Protocol.Messages;

namespace WsAot.Routing;

/// <summary>Decompresses the generator's texts. For generated code. Only <c>--describe</c> needs it, so it can be trimmed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WsDescription
{
    /// <summary>Decompresses a text.</summary>
    /// <param name="base64">The text, compressed with DEFLATE, in Base64.</param>
    /// <exception cref="InvalidDataException">The text is not valid Base64 or DEFLATE.</exception>
    public static ReadOnlySpan<byte> Unpack(ReadOnlySpan<byte> base64)
    {
        byte[] packed = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        OperationStatus status = Base64.DecodeFromUtf8(base64, packed, out _, out int length);
        // The inflater of permessage-deflate, which is in the native file anyway.
        using var inflater = new MessageInflater(DeflateParameters.LargestWindowBits, noContextTakeover: true, ArrayPool<byte>.Shared);
        ProtocolError error = inflater.Inflate(
            packed.AsSpan(0, length), new InflateLimits(ReceiveLimits.LargestMaxMessageBytes), out _, out ReadOnlySpan<byte> text);
        if (status != OperationStatus.Done || error != ProtocolError.None) throw new InvalidDataException("The description is damaged.");
        return text.ToArray();
    }
}
