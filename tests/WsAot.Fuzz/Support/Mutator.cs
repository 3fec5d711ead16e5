namespace WsAot.Fuzz.Support;

/// <summary>Makes small changes to an input, of kinds that often break parsers.</summary>
internal static class Mutator
{
    private static readonly byte[] s_interesting =
        [0, 1, 2, 9, 10, 13, 32, 34, 44, 59, 61, 92, 125, 126, 127, 128, 129, 130, 136, 191, 192, 193, 224, 237, 240, 244, 254, 255];

    public static byte[] Mutate(byte[] input, FuzzRandom random)
    {
        var bytes = new List<byte>(input);
        for (int i = random.Next(1, 5); i > 0; i--) MutateOnce(bytes, random);
        return [.. bytes];
    }

    private static void MutateOnce(List<byte> bytes, FuzzRandom random)
    {
        int at = random.Next(bytes.Count + 1);
        int length = random.Next(Math.Min(bytes.Count - at, random.OneIn(4) ? 64 : 4) + 1);
        switch (random.Next(8))
        {
            case 0:
                bytes.RemoveRange(at, length);
                break;
            case 1:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 2:
                bytes.InsertRange(at, random.NextBytes(random.Next(1, 5)));
                break;
            case 3:
                bytes.Insert(at, random.Pick(s_interesting));
                break;
            case 4 when bytes.Count > 0:
                bytes[random.Next(bytes.Count)] = random.Pick(s_interesting);
                break;
            case 5 when bytes.Count > 0:
                bytes[random.Next(bytes.Count)] = random.NextByte();
                break;
            case 6 when bytes.Count > 0 && random.OneIn(4):
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                if (bytes.Count > 0) bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
                break;
        }
    }
}
