using WsAot.Soak.Wire;
using WsAot.TestKit.Frames;

namespace WsAot.Soak.Tests.Wire;

public sealed class FrameScannerTests
{
    private static readonly byte[] s_stream =
    [
        .. FrameEncoder.Unmasked(0x81, "a"u8),
        .. FrameEncoder.Unmasked(0x82, new byte[300]),
        .. FrameEncoder.Unmasked(0x89, "ping"u8),
        .. FrameEncoder.Unmasked(0x01, new byte[70_000]),
        .. FrameEncoder.Unmasked(0x8a, []),
        .. FrameEncoder.Unmasked(0x80, "end of the message"u8),
        .. FrameEncoder.Unmasked(0x81, []),
        .. FrameEncoder.Unmasked(0x88, [0x03, 0xe9]),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Frames_are_found_wherever_they_are_cut(int pieceBytes) => Check(() => pieceBytes);

    [Fact]
    public void Or_at_random()
    {
        Random random = new(1);
        for (int i = 0; i < 20; i++) Check(() => 1 + random.Next(2000));
    }

    [Theory]
    [InlineData(new byte[] { 0x81, 0x81 })]
    [InlineData(new byte[] { 0x83, 0 })]
    [InlineData(new byte[] { 0x09, 0 })]
    [InlineData(new byte[] { 0x89, 126, 0, 126 })]
    [InlineData(new byte[] { 0x82, 126, 0, 125 })]
    public void What_no_server_may_send_is_a_fault(byte[] bytes) =>
        Assert.Throws<WireException>(() => new FrameScanner().Feed(bytes, static (_, _) => { }));

    private static void Check(Func<int> nextPiece)
    {
        List<string> control = [];
        FrameScanner scanner = new();
        for (ReadOnlySpan<byte> rest = s_stream; !rest.IsEmpty;)
        {
            int count = Math.Min(nextPiece(), rest.Length);
            scanner.Feed(rest[..count], (opcode, payload) => control.Add($"{opcode} {Convert.ToHexString(payload)}"));
            rest = rest[count..];
        }

        Assert.Equal(4, scanner.Messages);
        Assert.Equal(["Ping 70696E67", "Pong ", "Close 03E9"], control);
    }
}
