namespace WsAot.Soak.Soaking;

/// <summary>The payloads to echo: of every length form, more often short than long.</summary>
internal static class Payloads
{
    public const int MaxBytes = 256 * 1024;

    public static int Length(Random random) => random.Next(20) switch
    {
        0 => 0,
        1 => 125 + random.Next(2),
        2 => 65_535 + random.Next(2),
        3 => random.Next(MaxBytes + 1),
        < 9 => random.Next(16 * 1024),
        _ => random.Next(512),
    };

    public static byte[] Binary(Random random, int length)
    {
        byte[] payload = new byte[length];
        random.NextBytes(payload);
        return payload;
    }

    /// <summary>UTF-8 with characters of one to four bytes.</summary>
    public static byte[] Text(Random random, int length)
    {
        byte[] payload = new byte[length];
        for (int i = 0; i < length;)
        {
            ReadOnlySpan<byte> character = random.Next(16) switch
            {
                0 => "é"u8,
                1 => "€"u8,
                2 => "😀"u8,
                _ => [(byte)('a' + random.Next(26))],
            };
            if (character.Length > length - i) character = "."u8;
            character.CopyTo(payload.AsSpan(i));
            i += character.Length;
        }

        return payload;
    }
}
