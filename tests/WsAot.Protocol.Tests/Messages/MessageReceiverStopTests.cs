using System.Buffers;
using WsAot.Protocol.Messages;
using WsAot.Protocol.Tests.Support;

namespace WsAot.Protocol.Tests.Messages;

/// <summary>RFC 6455 sections 1.4 and 7.1.7: after the end has begun, nothing that comes is looked at.</summary>
public sealed class MessageReceiverStopTests
{
    private static readonly ReceiveLimits s_limits = new(1000, 10);

    private readonly ReceiverPool _receivers = new(ArrayPool<byte>.Shared);
    private MessageReceiver _receiver;

    [Fact]
    public void What_comes_afterwards_is_dropped_whatever_it_is()
    {
        _receiver.Stop();
        Assert.True(_receiver.IsStopped);
        foreach (byte[] wire in (byte[][])[Wire.Text("hello"), [0xFF, 0xFF, 0xFF], [], [0x88]])
        {
            Assert.Equal(ReceiveStatus.NeedMoreData, Read(wire, out int left));
            Assert.Equal(0, left);
        }

        Assert.Equal(ProtocolError.None, _receiver.Error);
    }

    [Fact]
    public void It_stays_so_after_its_buffers_were_given_back()
    {
        Read(Wire.Text("hel", fin: false), out _);
        _receiver.Stop();
        _receiver.Release();
        Assert.Equal(ReceiveStatus.NeedMoreData, Read(Wire.Text("lo"), out _));
        Assert.True(_receiver.IsStopped);
        Assert.Equal(0, _receiver.Capacity);
    }

    [Fact]
    public void A_payload_that_was_returned_stays_valid_until_the_next_call()
    {
        Span<byte> first = Wire.Text("hel", fin: false);
        Span<byte> second = Wire.Continuation(Wire.Utf8("lo"), fin: true);
        _receiver.Read(ref first, s_limits, _receivers, out _);
        Assert.Equal(ReceiveStatus.Text, _receiver.Read(ref second, s_limits, _receivers, out ReadOnlySpan<byte> payload));
        _receiver.Stop();
        Assert.Equal("hello"u8, payload);
        Assert.NotEqual(0, _receiver.Capacity);
        Read([0x81], out _);
        Assert.Equal(0, _receiver.Capacity);
    }

    private ReceiveStatus Read(byte[] wire, out int left)
    {
        Span<byte> input = wire;
        ReceiveStatus status = _receiver.Read(ref input, s_limits, _receivers, out _);
        left = input.Length;
        return status;
    }
}
