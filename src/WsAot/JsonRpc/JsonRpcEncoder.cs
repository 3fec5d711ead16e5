using System.Buffers;
using System.Text.Encodings.Web;

namespace WsAot.JsonRpc;

/// <summary>
/// Escapes the characters that <see cref="JavaScriptEncoder.UnsafeRelaxedJsonEscaping"/> escapes, except U+007F. JSON does not require an
/// escape for that character (RFC 8259 section 7), so a client can send it as one byte; as <c>\u007F</c>, its text would come back six
/// times as long. All other escaped characters take at least two bytes in the client's message, or are escaped there already.
/// </summary>
internal sealed unsafe class JsonRpcEncoder : JavaScriptEncoder
{
    private const char Delete = '\u007F';

    private readonly JavaScriptEncoder _others = UnsafeRelaxedJsonEscaping;

    private JsonRpcEncoder()
    {
    }

    public static JsonRpcEncoder Instance { get; } = new();

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => _others.MaxOutputCharactersPerInputCharacter;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar != Delete && _others.WillEncode(unicodeScalar);

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (int start = 0; start < textLength;)
        {
            int found = _others.FindFirstCharacterToEncode(text + start, textLength - start);
            if (found < 0) break;
            start += found;
            if (text[start] != Delete) return start;
            start++;
        }

        return -1;
    }

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        for (int start = 0; start < utf8Text.Length;)
        {
            int found = _others.FindFirstCharacterToEncodeUtf8(utf8Text[start..]);
            if (found < 0) break;
            start += found;
            if (utf8Text[start] != Delete) return start;
            start++;
        }

        return -1;
    }

    /// <inheritdoc/>
    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        _others.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    /// <inheritdoc/>
    public override OperationStatus Encode(
        ReadOnlySpan<char> source, Span<char> destination, out int charsConsumed, out int charsWritten, bool isFinalBlock = true)
    {
        charsConsumed = charsWritten = 0;
        while (true)
        {
            ReadOnlySpan<char> rest = source[charsConsumed..];
            int length = rest.IndexOf(Delete);
            OperationStatus status = _others.Encode(
                length < 0 ? rest : rest[..length],
                destination[charsWritten..],
                out int consumed,
                out int written,
                isFinalBlock || length >= 0);
            charsConsumed += consumed;
            charsWritten += written;
            if (length < 0 || status != OperationStatus.Done) return status;
            if (charsWritten == destination.Length) return OperationStatus.DestinationTooSmall;
            destination[charsWritten++] = Delete;
            charsConsumed++;
        }
    }

    /// <inheritdoc/>
    public override OperationStatus EncodeUtf8(
        ReadOnlySpan<byte> utf8Source, Span<byte> utf8Destination, out int bytesConsumed, out int bytesWritten, bool isFinalBlock = true)
    {
        bytesConsumed = bytesWritten = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = utf8Source[bytesConsumed..];
            int length = rest.IndexOf((byte)Delete);
            OperationStatus status = _others.EncodeUtf8(
                length < 0 ? rest : rest[..length],
                utf8Destination[bytesWritten..],
                out int consumed,
                out int written,
                isFinalBlock || length >= 0);
            bytesConsumed += consumed;
            bytesWritten += written;
            if (length < 0 || status != OperationStatus.Done) return status;
            if (bytesWritten == utf8Destination.Length) return OperationStatus.DestinationTooSmall;
            utf8Destination[bytesWritten++] = (byte)Delete;
            bytesConsumed++;
        }
    }
}
