using System.Buffers;
using System.IO.Compression;
using System.Text;
using WsAot.Fuzz.Deflate;
using WsAot.Fuzz.Frames;
using WsAot.Fuzz.Support;
using WsAot.Protocol;

namespace WsAot.Fuzz.Tests;

/// <summary>The references beside which the server is tested are right where somebody else knows the answer.</summary>
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
                byte[] message = i % 2 == 0 ? random.NextBytes(random.Next(3000)) : FrameGenerator.MakeText(random, random.Next(3000), mayBeInvalid: false);
                byte[] compressed = Deflate(message, level, isFinal: i % 3 == 0);
                (ProtocolError error, byte[] inflated, _) = new NaiveInflater(15, noContextTakeover: true).Inflate(compressed, 10_000);
                Assert.Equal(ProtocolError.None, error);
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
            (ProtocolError error, byte[] inflated, _) = new NaiveInflater(15, noContextTakeover: true).Inflate(compressed, 100_000);
            if (error != ProtocolError.None) continue;
            // A last, empty block ends what would else have no end; where the message has a final block itself, it is another stream.
            byte[]? platform = Inflate([.. compressed, 0x00, 0x00, 0xFF, 0xFF, 0x03, 0x00]);
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
            Assert.Equal(System.Text.Unicode.Utf8.IsValid(text), NaiveText.IsValid(text));
        }
    }

    [Fact]
    public void The_pool_tells_of_misuse()
    {
        var pool = new PoisoningPool();
        byte[] array = pool.Rent(10);
        Assert.Equal(1, pool.Outstanding);
        pool.Return(array);
        Assert.Null(pool.FindProblem());
        pool.Return(array);
        Assert.NotNull(pool.FindProblem());

        pool = new PoisoningPool();
        array = pool.Rent(10);
        pool.Return(array);
        array[3] = 1;
        Assert.NotNull(pool.FindProblem());
        Assert.IsAssignableFrom<ArrayPool<byte>>(pool);
    }

    private static byte[] Deflate(byte[] message, CompressionLevel level, bool isFinal)
    {
        using var output = new MemoryStream();
        var stream = new DeflateStream(output, level, leaveOpen: true);
        stream.Write(message);
        stream.Flush();
        byte[] flushed = output.ToArray();
        stream.Dispose();
        // Without the tail of the flush, as RFC 7692 section 7.2.1 has it; an empty message is one byte.
        return isFinal && message.Length > 0 ? output.ToArray() : message.Length == 0 ? [0] : flushed[..^4];
    }

    private static byte[]? Inflate(byte[] compressed)
    {
        try
        {
            using var output = new MemoryStream();
            using var stream = new DeflateStream(new MemoryStream(compressed), CompressionMode.Decompress);
            stream.CopyTo(output);
            return output.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
