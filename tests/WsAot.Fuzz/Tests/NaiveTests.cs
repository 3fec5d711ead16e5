using System.IO.Compression;
using System.Text;
using WsAot.Fuzz.Deflate;
using WsAot.Fuzz.Frames;
using WsAot.Fuzz.Support;
using WsAot.TestKit.Deflate;
using WsAot.TestKit.Text;

namespace WsAot.Fuzz.Tests;

/// <summary>The naive references are right wherever another implementation knows the answer.</summary>
public class NaiveTests
{
    [Fact]
    public void The_naive_inflater_reads_what_the_platform_writes()
    {
        var random = new FuzzRandom(3);
        foreach (CompressionLevel level in Enum.GetValues<CompressionLevel>())
        {
            for (int i = 0; i < 40; i++)
            {
                byte[] message = i % 2 == 0
                    ? random.NextBytes(random.Next(3000))
                    : FrameGenerator.MakeText(random, random.Next(3000), mayBeInvalid: false);
                byte[] compressed = Deflate(message, level, isFinal: i % 3 == 0);
                (InflateVerdict verdict, byte[] inflated, _) = new NaiveInflater(15, noContextTakeover: true).Inflate(compressed, 10_000);
                Assert.Equal(InflateVerdict.Message, verdict);
                Assert.Equal(message, inflated);
            }
        }
    }

    [Fact]
    public void The_platform_reads_as_the_naive_inflater_does()
    {
        var random = new FuzzRandom(4);
        int compared = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] compressed = DeflateGenerator.MakeMessage(random);
            (InflateVerdict verdict, byte[] inflated, _) = new NaiveInflater(15, noContextTakeover: true).Inflate(compressed, 100_000);
            if (verdict != InflateVerdict.Message) continue;
            // If the message itself has a final block, the rest is another stream, which the platform does not read.
            byte[]? platform = Inflate(compressed);
            if (platform is null || platform.Length != inflated.Length) continue;
            Assert.Equal(platform, inflated);
            compared++;
        }

        Assert.True(compared > 1000, $"Only {compared} messages were compared.");
    }

    [Fact]
    public void Naive_UTF8_is_that_of_the_platform()
    {
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        Assert.Throws<DecoderFallbackException>(() => strict.GetString([0xC0, 0x80]));
        var random = new FuzzRandom(5);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] text = FrameGenerator.MakeText(random, random.Next(8), mayBeInvalid: true);
            if (random.OneIn(2)) text = Mutator.Mutate(text, random);
            Assert.Equal(System.Text.Unicode.Utf8.IsValid(text), NaiveUtf8.IsValid(text));
        }
    }

    private static byte[] Deflate(byte[] message, CompressionLevel level, bool isFinal)
    {
        if (!isFinal || message.Length == 0) return PlatformDeflate.Compress(message, level);
        using var output = new MemoryStream();
        using (var stream = new DeflateStream(output, level, leaveOpen: true)) stream.Write(message);
        return output.ToArray();
    }

    private static byte[]? Inflate(byte[] compressed)
    {
        try
        {
            return PlatformDeflate.Inflate(compressed);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
