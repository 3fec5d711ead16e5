using WsAot.Fuzz.Support;
using WsAot.Protocol;
using WsAot.Protocol.Deflate;
using WsAot.TestKit.Deflate;

namespace WsAot.Fuzz.Deflate;

/// <summary>
/// Compares the inflater with a naive one, message after message. An input is a byte for the window, the context takeover and the parts,
/// one for the limit, and messages, each after two bytes with its length.
/// </summary>
internal class InflateTarget : FuzzTarget
{
    private static readonly int[] s_maxBytes = [0, 1, 7, 100, 511, 512, 513, 1500, 5000, 40_000, 70_000, 1 << 20, (1 << 20) + 1, 3 << 20];
    private static readonly int[] s_partBytes = [int.MaxValue, 100, 511, 512, 513, 4096, 65_536, 1 << 20];

    public override string Name => "inflate";

    public override int SliceInputs => 30_000;

    public override byte[] Generate(FuzzRandom random)
    {
        var bytes = new List<byte> { random.NextByte(), random.NextByte() };
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            byte[] message = random.OneIn(8) ? random.NextBytes(random.Next(60)) : DeflateGenerator.MakeMessage(random);
            if (random.OneIn(200))
            {
                message = DeflateGenerator.MakeBomb(random);
                // Most limits end an input early, so use the largest ones.
                bytes[1] = (byte)(s_maxBytes.Length - 1 - random.Next(4));
            }

            if (random.OneIn(8)) message = Mutator.Mutate(message, random);
            bytes.Add((byte)(message.Length >> 8));
            bytes.Add((byte)message.Length);
            bytes.AddRange(message);
        }

        return [.. bytes];
    }

    public override string? Check(byte[] input)
    {
        if (input.Length < 2) return null;
        int windowBits = 8 + (input[0] & 7);
        bool noContextTakeover = (input[0] & 8) != 0;
        int partBytes = s_partBytes[input[0] >> 5];
        int maxBytes = s_maxBytes[input[1] % s_maxBytes.Length];
        var pool = new PoisoningPool(RentedLength.OddlyLonger);
        using var inflater = new MessageInflater(windowBits, noContextTakeover, pool);
        NaiveInflater reference = CreateReference(windowBits, noContextTakeover);
        int number = 0;
        int largestAllowed = 0;
        for (int at = 2; at + 2 <= input.Length; number++)
        {
            int length = Math.Min((input[at] << 8) | input[at + 1], input.Length - at - 2);
            byte[] compressed = input[(at + 2)..(at + 2 + length)];
            at += 2 + length;

            ReadOnlySpan<byte> rest = compressed;
            ReadOnlySpan<byte> message;
            ProtocolError error;
            do
            {
                error = inflater.Inflate(rest, new InflateLimits(maxBytes, partBytes), out int used, out message);
                rest = rest[used..];
            }
            while (inflater.IsInProgress);

            (InflateVerdict verdict, byte[] expected, bool isDefined) = reference.Inflate(compressed, Allowed(maxBytes));
            ProtocolError expectedError = verdict.ToError();
            if (message.Length > maxBytes) return $"Message {number} has {message.Length} bytes; the limit is {maxBytes}.";
            // One byte more than the limit shows that a message is too long. The buffer doubles up to there.
            largestAllowed = Math.Max(largestAllowed, Math.Max(maxBytes, length));
            if (pool.LargestRent > largestAllowed + 1)
            {
                return $"{pool.LargestRent} bytes were rented for messages of at most {largestAllowed}.";
            }

            if (pool.LentCount > 1) return "More than one buffer is owned.";
            if (isDefined && (error != expectedError || !message.SequenceEqual(expected)))
            {
                return $"Message {number}, {length} bytes, is {Describe(error, message)} and should be "
                    + $"{Describe(expectedError, expected)}.";
            }

            if (error != ProtocolError.None || !isDefined) break;
            inflater.Trim();
        }

        inflater.Dispose();
        if (pool.LentCount != 0) return "A buffer was not returned.";
        return pool.FindProblem();
    }

    /// <summary>The limit that the reference uses.</summary>
    protected virtual int Allowed(int maxBytes) => maxBytes;

    protected virtual NaiveInflater CreateReference(int windowBits, bool noContextTakeover) => new(windowBits, noContextTakeover);

    private static string Describe(ProtocolError error, ReadOnlySpan<byte> message) =>
        error == ProtocolError.None
            ? $"{message.Length} bytes: {Convert.ToHexString(message[..Math.Min(200, message.Length)])}"
            : $"{error}";
}
