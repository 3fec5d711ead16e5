using System.IO.Compression;
using System.Text;
using WsAot.Routing;

namespace WsAot.Tests.Routing;

public sealed class WsDescriptionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public void A_text_is_unpacked(int length)
    {
        byte[] text = [.. Enumerable.Range(0, length).Select(static i => (byte)(i * i / 7))];
        Assert.Equal(text, WsDescription.Unpack(Pack(text)).ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not Base64")]
    public void What_is_damaged_is_refused(string packed) =>
        Assert.Throws<InvalidDataException>(() => WsDescription.Unpack(Encoding.UTF8.GetBytes(packed)).ToArray());

    /// <summary>As the generator does it.</summary>
    private static byte[] Pack(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true)) deflate.Write(text);
        return Encoding.UTF8.GetBytes(Convert.ToBase64String(packed.ToArray()));
    }
}
