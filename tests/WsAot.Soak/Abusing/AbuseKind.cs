using System.Globalization;

namespace WsAot.Soak.Abusing;

/// <summary>One way to abuse a server.</summary>
/// <param name="Name">For the table.</param>
/// <param name="MaxBytesEach">
/// What a connection of this kind may cost the server, in bytes of resident memory; the reason is beside each kind.
/// </param>
/// <param name="Path">
/// The route to upgrade to, where <see cref="Number"/> stands for the number of the connection; null: no opening handshake, only
/// <paramref name="First"/>.
/// </param>
/// <param name="First">Sent first, after the 101 if there is a handshake.</param>
internal sealed record AbuseKind(string Name, int MaxBytesEach, string? Path, ReadOnlyMemory<byte> First)
{
    public const string Number = "{number}";

    /// <summary>The digits of each number.</summary>
    public const int NumberDigits = 8;

    /// <summary>Sent again and again while the connection is held, as fast as the server accepts it.</summary>
    public ReadOnlyMemory<byte> Then { get; init; }

    /// <summary>The path of one connection.</summary>
    public string? PathOf(int number) =>
        Path?.Replace(Number, number.ToString($"D{NumberDigits}", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>Whether each round sends only the next byte of <see cref="Then"/>.</summary>
    public bool ByteByByte { get; init; }

    /// <summary>Ends its own side of TCP after it has sent everything.</summary>
    public bool HalfCloses { get; init; }

    /// <summary>Reads nothing after the handshake, and has small TCP buffers.</summary>
    public bool Withholds { get; init; }

    /// <summary>Sends so much that small segments would distort the measurement, so only its own TCP buffers are small.</summary>
    public bool SendsMuch { get; init; }

    /// <summary>Keeps its side of TCP open when the server has ended its own.</summary>
    public bool IgnoresEnd { get; init; }

    /// <summary>How many connections of the kind are opened, or opened again, in a round of a tenth of a second.</summary>
    public int OpeningsPerRound { get; init; } = 100;

    /// <summary>It sends its bytes directly over TCP: its own TLS, or data that breaks TLS. Only if the server uses TLS.</summary>
    public bool IsBelowTls { get; init; }

    public bool OffersDeflate { get; init; }

    /// <summary>The size of the messages that a flooder sends to the room of these connections; 0: no flooder.</summary>
    public int FloodMessageBytes { get; init; }
}
