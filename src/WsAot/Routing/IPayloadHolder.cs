namespace WsAot.Routing;

/// <summary>Keeps the payload that is being dispatched for a handler that goes on after it has returned.</summary>
internal interface IPayloadHolder
{
    /// <summary>Copies a payload to where it stays until the handler's task has ended. Once for each message.</summary>
    ReadOnlyMemory<byte> Hold(ReadOnlySpan<byte> payload);
}
