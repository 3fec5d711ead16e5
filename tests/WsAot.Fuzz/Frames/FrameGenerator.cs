using System.Text;
using WsAot.Fuzz.Deflate;
using WsAot.Fuzz.Support;
using WsAot.TestKit.Frames;

namespace WsAot.Fuzz.Frames;

/// <summary>
/// Makes streams of frames: whole messages, fragments with control frames between them, and now and then something hostile.
/// </summary>
internal static class FrameGenerator
{
    private static readonly int[] s_lengths = [0, 0, 1, 2, 3, 5, 19, 20, 21, 100, 124, 125, 126, 127, 299, 300, 301];
    private static readonly int[] s_codes =
        [1000, 1001, 1003, 1007, 1011, 1014, 3000, 4999, 0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535];

    private static readonly string[] s_texts =
        ["a", "é", "ß", "€", "\u0800", "\uD7FF", "\uE000", "\uFFFF", "😀", "\U0010FFFF", "hello ", "\0"];

    private static readonly byte[][] s_notTexts =
    [
        [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
        [0xF5], [0xFF], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    ];

    public static byte[] Generate(FuzzRandom random)
    {
        var bytes = new List<byte> { random.NextByte(), random.NextByte() };
        // Mostly use limits that allow some messages.
        if (!random.OneIn(3)) bytes[0] = (byte)(random.Next(3, 8) | (random.Next(2, 8) << 3));
        bool isCompressed = (bytes[1] & 1) != 0;
        for (int i = random.Next(1, 8); i > 0; i--)
        {
            if (random.OneIn(12)) WriteHostile(bytes, random);
            else if (random.OneIn(4)) WriteControl(bytes, random);
            else WriteMessage(bytes, random, isCompressed && random.OneIn(2));
        }

        int cut = random.OneIn(6) ? random.Next(Math.Min(20, bytes.Count - 1)) : 0;
        bytes.RemoveRange(bytes.Count - cut, cut);
        return [.. bytes];
    }

    /// <summary>A text of about this many bytes, mostly valid.</summary>
    public static byte[] MakeText(FuzzRandom random, int length, bool mayBeInvalid)
    {
        var text = new List<byte>();
        while (text.Count < length) text.AddRange(Encoding.UTF8.GetBytes(random.Pick(s_texts)));
        if (mayBeInvalid && random.OneIn(10))
        {
            byte[] wrong = random.Pick(s_notTexts);
            if (random.OneIn(2)) text.AddRange(wrong);
            else text.InsertRange(random.Next(text.Count + 1), wrong);
        }

        return [.. text];
    }

    private static void WriteMessage(List<byte> bytes, FuzzRandom random, bool isCompressed)
    {
        int opcode = random.Next(1, 3);
        int length = random.OneIn(400) ? random.Next(65_500, 65_600) : random.OneIn(8) ? random.Next(2200) : random.Pick(s_lengths);
        byte[] payload = opcode == 1 ? MakeText(random, length, mayBeInvalid: true) : random.NextBytes(length);
        if (isCompressed) payload = DeflateGenerator.MakeMessage(random);
        int fragments = random.OneIn(3) ? random.Next(2, 7) : 1;
        int start = 0;
        for (int i = 0; i < fragments; i++)
        {
            bool isLast = i == fragments - 1;
            int end = isLast ? payload.Length : random.Next(start, payload.Length + 1);
            int first = (isLast ? 0x80 : 0) | (i == 0 ? opcode | (isCompressed ? 0x40 : 0) : 0);
            bytes.AddFrame(first, payload.AsSpan(start, end - start), Key(random));
            start = end;
            if (!isLast && random.OneIn(4)) WriteControl(bytes, random);
        }
    }

    private static void WriteControl(List<byte> bytes, FuzzRandom random)
    {
        int opcode = random.OneIn(6) ? 8 : random.Next(9, 11);
        byte[] payload = random.NextBytes(random.OneIn(3) ? random.Next(120, 126) : random.Next(8));
        if (opcode == 8 && !random.OneIn(8))
        {
            int code = random.OneIn(3) ? random.Next(65536) : random.Pick(s_codes);
            byte[] reason = random.OneIn(2) ? [] : MakeText(random, random.Next(100), mayBeInvalid: true);
            payload = [(byte)(code >> 8), (byte)code, .. reason];
        }

        bytes.AddFrame(0x80 | opcode, payload, Key(random));
    }

    private static void WriteHostile(List<byte> bytes, FuzzRandom random)
    {
        byte[] payload = random.NextBytes(random.Next(6));
        switch (random.Next(9))
        {
            case 0:
                bytes.AddFrame(0x81 | (random.Next(1, 8) << 4), payload, Key(random));
                break;
            case 1:
                bytes.AddFrame(0x80 | random.Next(16), payload, Key(random));
                break;
            case 2:
                bytes.AddFrame(random.Next(8, 11), payload, Key(random));
                break;
            case 3:
                bytes.AddRange(FrameEncoder.Unmasked(0x82, payload));
                break;
            case 4:
                bytes.AddFrame(0x80, payload, Key(random));
                break;
            case 5:
                bytes.AddFrame(0x02, payload, Key(random));
                bytes.AddFrame(0x82, payload, Key(random));
                break;
            case 6:
                ulong length = random.OneIn(2) ? random.NextUInt64() : random.NextUInt64() >> random.Next(64);
                uint key = Key(random);
                bytes.AddHeader(0x82, length, key, random.Pick([LengthForm.Bits7, LengthForm.Bits16, LengthForm.Bits64]));
                break;
            case 7:
                bytes.AddFrame(0x88 | random.Next(3), random.NextBytes(random.Next(126, 130)), Key(random));
                break;
            default:
                for (int i = random.Next(1, 12); i > 0; i--) bytes.AddFrame(random.OneIn(8) ? 0x02 : 0x00, [], Key(random));
                break;
        }
    }

    private static uint Key(FuzzRandom random) => random.OneIn(8) ? 0 : (uint)random.NextUInt64();
}
