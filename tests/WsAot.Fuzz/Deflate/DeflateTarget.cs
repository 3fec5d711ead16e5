using System.Text;
using WsAot.Fuzz.Support;
using WsAot.Protocol.Deflate;
using WsAot.TestKit.Deflate;

namespace WsAot.Fuzz.Deflate;

/// <summary>
/// The deflater, checked with the naive inflater: the same bytes, and no match beyond the window. An input is a byte for the window and the
/// context takeover, one for the level, and four bytes for each message: how to make it, its length, and its data.
/// </summary>
internal class DeflateTarget : FuzzTarget
{
    public override string Name => "deflate";

    public override int SliceInputs => 3_000;

    public override int Unit => 4;

    public override byte[] Generate(FuzzRandom random) => random.NextBytes(2 + (4 * random.Next(1, 6)));

    public override string? Check(byte[] input)
    {
        if (input.Length < 2) return null;
        int windowBits = 8 + (input[0] & 7);
        bool noContextTakeover = (input[0] & 8) != 0;
        var pool = new PoisoningPool(RentedLength.OddlyLonger);
        using var deflater = new MessageDeflater(windowBits, noContextTakeover, 1 + (input[1] % 9), pool);
        NaiveInflater reference = CreateReference(windowBits, noContextTakeover);
        for (int at = 2; at + 4 <= input.Length; at += 4)
        {
            byte[] message = MakeMessage(input.AsSpan(at, 4));
            byte[] compressed = deflater.Deflate(message).ToArray();
            (InflateVerdict verdict, byte[] inflated, bool isDefined) = reference.Inflate(compressed, message.Length);
            if (verdict != InflateVerdict.Message)
            {
                return $"A message of {message.Length} bytes became {compressed.Length} that are {verdict}.";
            }

            if (!inflated.AsSpan().SequenceEqual(message)) return $"A message of {message.Length} bytes became another.";
            if (!isDefined) return $"A match goes beyond the window of {1 << windowBits} bytes.";
            // Section 7.2.1: the tail is left out.
            if (compressed.AsSpan().EndsWith(PlatformDeflate.Tail) && message.Length < 100) return "The tail was not left out.";
            if ((input[at] & 0x80) != 0) deflater.Trim();
        }

        deflater.Dispose();
        if (pool.LentCount != 0) return "A buffer was not returned.";
        return pool.FindProblem();
    }

    protected virtual NaiveInflater CreateReference(int windowBits, bool noContextTakeover) => new(windowBits, noContextTakeover);

    private static byte[] MakeMessage(ReadOnlySpan<byte> recipe)
    {
        var random = FuzzRandom.Of(recipe[2..]);
        // Mostly short; now and then longer than the largest window.
        int length = (recipe[0] & 0x18) switch { 0 => recipe[1], 8 => recipe[1] * 4, 16 => 0, _ => recipe[1] * 16 };
        if ((recipe[0] & 0x7F) == 0x7F) length = recipe[1] * 300;
        switch (recipe[0] & 7)
        {
            case 0:
                return random.NextBytes(length);
            case 1:
                return new byte[length];
            case 2:
                return Repeat(random.NextBytes(random.Next(1, 20)), length);
            case 3:
                // Repeats at about the distance of a window.
                return Repeat(random.NextBytes((1 << random.Next(7, 15)) + random.Next(-3, 4)), length * 4);
            default:
                return Words(random, length);
        }
    }

    private static byte[] Repeat(byte[] piece, int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = piece[i % piece.Length];
        return bytes;
    }

    private static byte[] Words(FuzzRandom random, int length)
    {
        string[] words = ["{\"id\":", "\"name\":\"", "true", "null", ",", "}", " the ", "message", "0", "42"];
        var text = new StringBuilder();
        while (text.Length < length) text.Append(random.Pick(words));
        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }
}
