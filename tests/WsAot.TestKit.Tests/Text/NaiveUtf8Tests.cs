using System.Text.Unicode;
using WsAot.TestKit.Text;

namespace WsAot.TestKit.Tests.Text;

public sealed class NaiveUtf8Tests
{
    // RFC 3629 section 4, and what its table leaves out.
    [Theory]
    [InlineData("", Utf8Verdict.Complete)]
    [InlineData("00", Utf8Verdict.Complete)]
    [InlineData("7F", Utf8Verdict.Complete)]
    [InlineData("80", Utf8Verdict.Impossible)]
    [InlineData("BF", Utf8Verdict.Impossible)]
    [InlineData("C0", Utf8Verdict.Impossible)]
    [InlineData("C1", Utf8Verdict.Impossible)]
    [InlineData("C2", Utf8Verdict.Open)]
    [InlineData("C27F", Utf8Verdict.Impossible)]
    [InlineData("C280", Utf8Verdict.Complete)]
    [InlineData("DFBF", Utf8Verdict.Complete)]
    [InlineData("DFC0", Utf8Verdict.Impossible)]
    [InlineData("E09F", Utf8Verdict.Impossible)]
    [InlineData("E0A0", Utf8Verdict.Open)]
    [InlineData("E0A080", Utf8Verdict.Complete)]
    [InlineData("ED9FBF", Utf8Verdict.Complete)]
    [InlineData("EDA0", Utf8Verdict.Impossible)]
    [InlineData("EDBFBF", Utf8Verdict.Impossible)]
    [InlineData("EE8080", Utf8Verdict.Complete)]
    [InlineData("EFBFBF", Utf8Verdict.Complete)]
    [InlineData("F0", Utf8Verdict.Open)]
    [InlineData("F08F", Utf8Verdict.Impossible)]
    [InlineData("F090", Utf8Verdict.Open)]
    [InlineData("F09080", Utf8Verdict.Open)]
    [InlineData("F0908080", Utf8Verdict.Complete)]
    [InlineData("F48FBFBF", Utf8Verdict.Complete)]
    [InlineData("F490", Utf8Verdict.Impossible)]
    [InlineData("F5", Utf8Verdict.Impossible)]
    [InlineData("F8", Utf8Verdict.Impossible)]
    [InlineData("FF", Utf8Verdict.Impossible)]
    public void Each_edge_of_the_definition_is_known(string hex, Utf8Verdict verdict)
    {
        byte[] bytes = [.. "aé€😀"u8, .. Convert.FromHexString(hex)];
        Assert.Equal(verdict, NaiveUtf8.Judge(bytes));
        Assert.Equal(verdict == Utf8Verdict.Complete, NaiveUtf8.IsValid(bytes));
    }

    [Theory]
    [InlineData("6180", 1)]
    [InlineData("E28241", 2)]
    [InlineData("F0908041", 3)]
    [InlineData("F4908080", 1)]
    [InlineData("F0908080", -1)]
    [InlineData("E282", -1)]
    public void The_first_impossible_byte_is_found(string hex, int index) =>
        Assert.Equal(index, NaiveUtf8.FindImpossible(Convert.FromHexString(hex)));

    [Fact]
    public void The_platform_judges_all_sequences_of_three_bytes_alike()
    {
        Span<byte> bytes = stackalloc byte[3];
        for (int number = 0; number < 1 << 24; number += 7)
        {
            (bytes[0], bytes[1], bytes[2]) = ((byte)(number >> 16), (byte)(number >> 8), (byte)number);
            if (Utf8.IsValid(bytes) != NaiveUtf8.IsValid(bytes)) Assert.Fail(Convert.ToHexString(bytes));
        }
    }

    [Fact]
    public void The_platform_judges_random_text_alike()
    {
        string[] pieces = ["a", "é", "€", "😀", "\u07FF", "\uD7FF", "\uFFFF", "\U0010FFFF"];
        var random = new Random(1);
        int valid = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(
                string.Concat(Enumerable.Range(0, 4).Select(_ => pieces[random.Next(pieces.Length)])));
            if (random.Next(2) == 0) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            if (random.Next(4) == 0) bytes = bytes[..random.Next(bytes.Length)];
            Assert.Equal(Utf8.IsValid(bytes), NaiveUtf8.IsValid(bytes));
            if (NaiveUtf8.IsValid(bytes)) valid++;
        }

        Assert.InRange(valid, 5_000, 19_000);
    }
}
