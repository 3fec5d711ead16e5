namespace WsAot.Native.Tests.Instructions;

/// <summary>Messages of one kind, of which the server's instructions are counted.</summary>
/// <param name="Name">Of the row; it names the budget.</param>
/// <param name="Request">A frame as it is sent.</param>
/// <param name="Answer">The payload that comes back, of a frame that is not compressed.</param>
internal sealed record CountedRow(string Name, byte[] Request, byte[] Answer)
{
    public string Path { get; init; } = "/echo";

    /// <summary>Messages that are sent together, and answered before the next ones are sent.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>Connections that hear each message; only the first sends.</summary>
    public int Connections { get; init; } = 1;

    public bool IsCompressed { get; init; }

    /// <summary>
    /// How often <see cref="Depth"/> messages are sent to be counted: some forty million instructions, so that what a start takes more or
    /// less does not matter.
    /// </summary>
    public required int Rounds { get; init; }

    /// <summary>What is divided by: answers, which a message has as many of as there are connections.</summary>
    public int Answers => Rounds * Depth * Connections;
}
