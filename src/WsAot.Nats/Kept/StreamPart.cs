namespace WsAot.Nats.Kept;

/// <summary>What was read of a subject.</summary>
internal sealed class StreamPart
{
    /// <summary>The messages, in their order.</summary>
    public List<KeptMessage> Messages { get; } = [];

    /// <summary>Whether nothing is missing between the message that was asked from and the first of these.</summary>
    public bool IsConnected { get; set; }
}
