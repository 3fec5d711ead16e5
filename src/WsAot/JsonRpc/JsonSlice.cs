namespace WsAot.JsonRpc;

/// <summary>The position of a JSON value in a message. A value has at least one byte, so length 0 means no value.</summary>
internal readonly record struct JsonSlice(int Start, int Length)
{
    public bool IsNone => Length == 0;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> message) => message.Slice(Start, Length);
}
