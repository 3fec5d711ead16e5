namespace WsAot.Routing;

/// <summary>Keeps the payload of the current message for an asynchronous handler.</summary>
internal interface IPayloadHolder
{
    /// <summary>Copies a payload into a buffer that lives until the handler's task has completed. Call it once per message.</summary>
    ReadOnlyMemory<byte> Hold(ReadOnlySpan<byte> payload);
}
