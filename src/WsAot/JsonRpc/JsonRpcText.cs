using System.Buffers.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace WsAot.JsonRpc;

/// <summary>Reads parts of a message that is known to be valid JSON.</summary>
internal static class JsonRpcText
{
    /// <summary>The length of an escape of the form <c>\u0041</c>.</summary>
    private const int UnitLength = 6;

    /// <summary>Reads a JSON string without its escapes. Copies it only if it has escapes.</summary>
    /// <returns>False if it is not Unicode text.</returns>
    public static bool TryReadName(ReadOnlySpan<byte> json, out ReadOnlySpan<byte> name)
    {
        name = json[1..^1];
        if (!name.Contains((byte)'\\')) return true;
        if (!IsUnicode(name)) return false;
        byte[] unescaped = new byte[name.Length];
        var reader = new Utf8JsonReader(json);
        reader.Read();
        name = unescaped.AsSpan(0, reader.CopyString(unescaped));
        return true;
    }

    /// <summary>Whether a string with escapes is Unicode text, without lone surrogates.</summary>
    /// <param name="escaped">The string as it is in the message, without its quotes.</param>
    public static bool IsUnicode(ReadOnlySpan<byte> escaped)
    {
        while (escaped.IndexOf((byte)'\\') is >= 0 and int at)
        {
            bool isUnit = TryReadUnit(escaped[at..], out char unit);
            escaped = escaped[(at + (isUnit ? UnitLength : 2))..];
            if (!char.IsSurrogate(unit)) continue;
            if (char.IsLowSurrogate(unit) || !TryReadUnit(escaped, out char low) || !char.IsLowSurrogate(low)) return false;
            escaped = escaped[UnitLength..];
        }

        return true;
    }

    /// <summary>Converts as much of a text as fits.</summary>
    /// <returns>The number of characters written.</returns>
    public static int ToUtf16(ReadOnlySpan<byte> utf8, Span<char> text)
    {
        Utf8.ToUtf16(utf8, text, out _, out int written);
        return written;
    }

    /// <summary>The id that <c>$/cancelRequest</c> names, as raw JSON; empty if there is none.</summary>
    public static ReadOnlySpan<byte> ReadId(ReadOnlySpan<byte> parameters)
    {
        var reader = new Utf8JsonReader(parameters);
        if (parameters.IsEmpty || !reader.Read()) return default;
        bool isNamed = reader.TokenType == JsonTokenType.StartObject;
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            bool isId = !isNamed || (!reader.ValueIsEscaped && reader.ValueTextEquals("id"u8));
            if (isNamed) reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isId) return parameters[start..(int)reader.BytesConsumed];
        }

        return default;
    }

    /// <summary>Reads the number in one of our ids: <c>"s1"</c>.</summary>
    public static bool TryReadOwnId(ReadOnlySpan<byte> json, out long number)
    {
        number = 0;
        // The parser would also accept signs and leading zeros, which our ids never have.
        return json.StartsWith("\"s"u8)
            && json[2] is >= (byte)'1' and <= (byte)'9'
            && Utf8Parser.TryParse(json[2..], out number, out int digits)
            && json.Length == digits + 3;
    }

    /// <summary>Reads an error that the client answered with. Invalid members are ignored.</summary>
    public static JsonRpcException ReadError(ReadOnlySpan<byte> json)
    {
        int code = JsonRpcErrorCode.InternalError;
        string message = "The client answered with an error.";
        byte[] data = [];
        var reader = new Utf8JsonReader(json);
        reader.Read();
        bool isObject = reader.TokenType == JsonTokenType.StartObject;
        while (isObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isCode = reader.ValueSpan.SequenceEqual("code"u8);
            bool isMessage = reader.ValueSpan.SequenceEqual("message"u8);
            bool isData = reader.ValueSpan.SequenceEqual("data"u8);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            if (isCode && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int number)) code = number;
            else if (isMessage && reader.TokenType == JsonTokenType.String) message = ReadString(ref reader) ?? message;
            reader.Skip();
            if (isData) data = json[start..(int)reader.BytesConsumed].ToArray();
        }

        return new JsonRpcException(code, message) { DataUtf8 = data, IsRemote = true };
    }

    /// <summary>Reads an escape of the form <c>\u0041</c>.</summary>
    private static bool TryReadUnit(ReadOnlySpan<byte> escaped, out char unit)
    {
        unit = default;
        if (!escaped.StartsWith("\\u"u8) || !Utf8Parser.TryParse(escaped[2..UnitLength], out ushort value, out _, 'X')) return false;
        unit = (char)value;
        return true;
    }

    private static string? ReadString(ref Utf8JsonReader reader) =>
        !reader.ValueIsEscaped || IsUnicode(reader.ValueSpan) ? reader.GetString() : null;
}
