using System.Globalization;

namespace WsAot.Soak.Abusing;

/// <summary>One way to abuse a server.</summary>
/// <param name="Name">For the table.</param>
/// <param name="MaxBytesEach">
/// What a connection of this kind may cost the server, in bytes of resident memory; the reason is beside each kind.
/// </param>
/// <param name="Path">
/// The route to upgrade to, where <see cref="Number"/> stands for a number that each connection has; null: no opening handshake,
/// <paramref name="First"/> is all.
/// </param>
/// <param name="First">Sent first, after the 101 if there is a handshake.</param>
internal sealed record AbuseKind(string Name, int MaxBytesEach, string? Path, ReadOnlyMemory<byte> First)
{
    public const string Number = "{number}";

    /// <summary>How long each number is.</summary>
    public const int NumberDigits = 8;

    /// <summary>Sent again and again while the connection is held, as far as the server takes it.</summary>
    public ReadOnlyMemory<byte> Then { get; init; }

    /// <summary>The path of one connection.</summary>
    public string? PathOf(int number) =>
        Path?.Replace(Number, number.ToString($"D{NumberDigits}", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>Whether each round sends only the next byte of <see cref="Then"/>.</summary>
    public bool ByteByByte { get; init; }

    /// <summary>Ends its own side of TCP once all is sent.</summary>
    public bool HalfCloses { get; init; }

    /// <summary>Reads nothing after the handshake, and lets little be on the way.</summary>
    public bool Withholds { get; init; }

    /// <summary>
    /// Has so much to send that small segments would be what is measured: only its own side of TCP is made to keep little.
    /// </summary>
    public bool SendsMuch { get; init; }

    /// <summary>Keeps its side of TCP open when the server has ended its own.</summary>
    public bool IgnoresEnd { get; init; }

    /// <summary>How many of the kind are made, or made anew, in a round of a tenth of a second.</summary>
    public int OpeningsPerRound { get; init; } = 100;

    /// <summary>What it sends is TLS already, or to spoil it: bytes for TCP. Over TLS only.</summary>
    public bool IsBelowTls { get; init; }

    public bool OffersDeflate { get; init; }

    /// <summary>Somebody talks in the room that these are in, in messages of so many bytes; 0: nobody does.</summary>
    public int FloodMessageBytes { get; init; }
}
