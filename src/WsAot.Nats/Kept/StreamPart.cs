namespace WsAot.Nats.Kept;

/// <summary>What was read of a subject. Reading that has failed goes on where it was.</summary>
/// <param name="after">The number of the message behind which it begins; 0: all there is.</param>
internal sealed class StreamPart(long after)
{
    /// <summary>The messages, in their order.</summary>
    public List<KeptMessage> Messages { get; } = [];

    /// <summary>Where reading goes on. The message before the first is asked for as well: if it is there, nothing is missing.</summary>
    public long Next { get; private set; } = Math.Max(after, 1);

    /// <summary>Whether nothing is missing between the message that was asked from and the first of these.</summary>
    public bool IsConnected { get; private set; }

    public void Add(KeptMessage message)
    {
        if (message.Offset == after) IsConnected = true;
        else Messages.Add(message);
        Next = message.Offset + 1;
    }

    /// <summary>The subject has come to its end, which is the number of its last message.</summary>
    public void End(long last)
    {
        if (last <= after) IsConnected = true;
    }
}
