namespace WsAot.Loops;

/// <summary>
/// What the work of a turn costs, in units of <see cref="Transport.WorkBudget"/>. One receive can bring tens of thousands of tiny messages,
/// hundreds that inflate to the largest size, or a hundred calls that each publish to thousands of subscribers. One budget pays for all of
/// these. The clock ends a turn that takes long although it costs little.
/// </summary>
internal static class TurnCosts
{
    /// <summary>
    /// The units of a turn. With a thousand subscribers they pay for 62 messages, so that one system call sends many messages to each
    /// subscriber. With an eighth of the units, a flood of publishing took ten times as long.
    /// </summary>
    public const int Turn = 64 * 1024;

    /// <summary>A message, a control frame, or a call of a batch.</summary>
    public const int Message = 64;

    /// <summary>Closing a connection because the server stops: a frame, a deadline, and a system call at the end of the batch.</summary>
    public const int Close = 4 * Message;

    /// <summary>An exception. It takes about 20 microseconds, so the clock is checked after each.</summary>
    public const int Exception = 4096;

    /// <summary>How many bytes of a message, inflated or queued for a handler, cost one unit.</summary>
    public const int BytesPerUnit = 4;

    /// <summary>How many bytes of JSON cost one unit to read, whether or not they are valid.</summary>
    public const int JsonBytesPerUnit = 16;

    /// <summary>How many bytes deflated for one subscriber cost one unit.</summary>
    public const int DeflatedBytesPerUnit = 16;

    /// <summary>How many bytes delivered to one subscriber cost one unit, in addition to the one unit of each delivery.</summary>
    public const int DeliveredBytesPerUnit = 512;

    /// <summary>The most messages in a turn that does nothing else.</summary>
    public const int MaxMessages = Turn / Message;

    /// <summary>The most bytes that may be inflated in one piece: the cost of a whole turn.</summary>
    public const int MaxInflatedBytes = Turn * BytesPerUnit;

    /// <summary>
    /// How many deliveries are made before they are charged. Only one for a large message, which each delivery may have to deflate.
    /// </summary>
    public static int DeliveriesTogether(int units) => units < 16 ? 8 : 1;
}
