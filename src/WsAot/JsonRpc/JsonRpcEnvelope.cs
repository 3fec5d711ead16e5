using System.Text.Json;

namespace WsAot.JsonRpc;

/// <summary>
/// The positions of the members of one JSON-RPC 2.0 object (section 4), in any order. Other members are skipped. A repeated member makes
/// the object invalid, because readers disagree on which one counts (RFC 8259 section 4).
/// </summary>
internal struct JsonRpcEnvelope
{
    private JsonSlice _version;
    private bool _isObject;
    private bool _isAmbiguous;
    private bool _isIdAmbiguous;

    /// <summary>The method's name, as raw JSON.</summary>
    public JsonSlice Method { get; private set; }

    /// <summary>The parameters; none if the call has no parameters.</summary>
    public JsonSlice Parameters { get; private set; }

    /// <summary>The id; none in a notification.</summary>
    public JsonSlice Id { get; private set; }

    /// <summary>The result; none if this is not a response, or is an error.</summary>
    public JsonSlice Result { get; private set; }

    /// <summary>
    /// The error; none if this is not a response, or is a result. Some clients send a null error beside a result, as in JSON-RPC 1.0.
    /// </summary>
    public JsonSlice Error { get; private set; }

    /// <summary>
    /// Whether the object answers one of our requests. A response is never answered, or two peers could answer each other forever.
    /// </summary>
    public readonly bool IsResponse => Method.IsNone && !(Result.IsNone && Error.IsNone);

    /// <summary>Reads the value at the reader's position.</summary>
    /// <exception cref="JsonException">The value is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A member's name is not Unicode text.</exception>
    public static JsonRpcEnvelope Read(ref Utf8JsonReader reader)
    {
        var envelope = default(JsonRpcEnvelope);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return envelope;
        }

        envelope._isObject = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("jsonrpc"u8)) envelope._version = envelope.ReadOnce(ref reader, envelope._version);
            else if (reader.ValueTextEquals("method"u8)) envelope.Method = envelope.ReadOnce(ref reader, envelope.Method);
            else if (reader.ValueTextEquals("params"u8)) envelope.Parameters = envelope.ReadOnce(ref reader, envelope.Parameters);
            else if (reader.ValueTextEquals("id"u8)) envelope.ReadId(ref reader);
            else if (reader.ValueTextEquals("result"u8)) envelope.Result = envelope.ReadOnce(ref reader, envelope.Result);
            else if (reader.ValueTextEquals("error"u8)) envelope.Error = envelope.ReadOnce(ref reader, envelope.Error);
            else ReadValue(ref reader);
        }

        return envelope;
    }

    /// <summary>Whether the object follows section 4, or section 5 if it is a response.</summary>
    public readonly bool IsValid(ReadOnlySpan<byte> message) => FindProblem(message).IsEmpty;

    /// <summary>What is wrong with the object, as a JSON string; empty if it is valid.</summary>
    public readonly ReadOnlySpan<byte> FindProblem(ReadOnlySpan<byte> message)
    {
        if (!_isObject) return "\"a call must be an object\""u8;
        if (_isAmbiguous) return "\"a member appears twice\""u8;
        if (!IsVersion2(_version.Of(message))) return "\"'jsonrpc' must be '2.0'\""u8;
        if (!HasValidId(message)) return "\"'id' must be a string, a number or null\""u8;
        if (IsResponse) return default;
        if (Method.IsNone || message[Method.Start] != '"') return "\"'method' must be a string\""u8;
        return Parameters.IsNone || message[Parameters.Start] is (byte)'[' or (byte)'{'
            ? default
            : "\"'params' must be an array or an object; without parameters leave it out\""u8;
    }

    /// <summary>
    /// Whether the id is absent, or a single string, number or null. With two ids it is unclear which one is meant, so the answer has null
    /// instead (section 5).
    /// </summary>
    public readonly bool HasValidId(ReadOnlySpan<byte> message) =>
        !_isIdAmbiguous && (Id.IsNone || message[Id.Start] is (byte)'"' or (byte)'n' or (byte)'-' or (>= (byte)'0' and <= (byte)'9'));

    private static bool IsVersion2(ReadOnlySpan<byte> json) =>
        json.StartsWith((byte)'"') && JsonRpcText.TryReadName(json, out ReadOnlySpan<byte> version) && version.SequenceEqual("2.0"u8);

    private static JsonSlice ReadValue(ref Utf8JsonReader reader)
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new JsonSlice(start, (int)reader.BytesConsumed - start);
    }

    private void ReadId(ref Utf8JsonReader reader)
    {
        _isIdAmbiguous |= !Id.IsNone;
        Id = ReadOnce(ref reader, Id);
    }

    private JsonSlice ReadOnce(ref Utf8JsonReader reader, JsonSlice former)
    {
        _isAmbiguous |= !former.IsNone;
        return ReadValue(ref reader);
    }
}
