namespace WsAot.JsonRpc;

/// <summary>Where a JSON value stands in a message. Every value has a byte at least, so a length of 0 stands for none.</summary>
internal readonly record struct JsonSlice(int Start, int Length)
{
    public bool IsNone => Length == 0;

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> message) => message.Slice(Start, Length);
}
