namespace WsAot.Loops;

/// <summary>
/// What the work of a turn costs, in units of <see cref="Transport.WorkBudget"/>. One receive can bring tens of thousands of tiny messages,
/// hundreds that inflate to the largest size, or a hundred calls that each publish to thousands of subscribers; all of these are paid from
/// one budget. The clock ends a turn that takes long although it costs little.
/// </summary>
internal static class TurnCosts
{
    /// <summary>
    /// The units of a turn. With a thousand subscribers they pay for 62 messages: then the system calls, made once for all messages that
    /// wait for a subscriber, are few. With an eighth of that a flood of publishing took ten times as long.
    /// </summary>
    public const int Turn = 64 * 1024;

    /// <summary>A message, a control frame, or a call of a batch.</summary>
    public const int Message = 64;

    /// <summary>A connection that is closed because the server stops: a frame, a deadline, and a system call when the batch ends.</summary>
    public const int Close = 4 * Message;

    /// <summary>An exception: it takes some 20 microseconds, so the clock is looked at after each.</summary>
    public const int Exception = 4096;

    /// <summary>The bytes of a message inflated, or queued for a handler, that cost a unit.</summary>
    public const int BytesPerUnit = 4;

    /// <summary>The bytes of JSON that cost a unit to read, whatever becomes of them.</summary>
    public const int JsonBytesPerUnit = 16;

    /// <summary>The bytes deflated for one subscriber that cost a unit.</summary>
    public const int DeflatedBytesPerUnit = 16;

    /// <summary>The bytes delivered to one subscriber that cost a unit, besides the one of each delivery.</summary>
    public const int DeliveredBytesPerUnit = 512;

    /// <summary>The messages of a turn that has nothing else.</summary>
    public const int MaxMessages = Turn / Message;

    /// <summary>The bytes that may be inflated in one piece: as much as a turn.</summary>
    public const int MaxInflatedBytes = Turn * BytesPerUnit;

    /// <summary>The deliveries that are made before they are charged: of a large message one, since each may have to deflate it.</summary>
    public static int DeliveriesTogether(int units) => units < 16 ? 8 : 1;
}
