using System.Text.Json;
using WsAot.Soak.Abusing;
using WsAot.TestKit.Frames;

namespace WsAot.Soak.Tests.Abusing;

public sealed class RpcMessagesTests
{
    private const int MaxMessageBytes = 64 * 1024;

    [Fact]
    public void A_batch_is_one_message_with_as_many_calls_as_are_taken()
    {
        byte[] message = Assert.Single(Messages(RpcMessages.Batch("Divide", "[1,0]")));
        using JsonDocument batch = JsonDocument.Parse(message);
        Assert.Equal(RpcMessages.CallsPerBatch, batch.RootElement.GetArrayLength());
        Assert.All(batch.RootElement.EnumerateArray(), static call => Assert.Equal("Divide", call.GetProperty("method").GetString()));
        Assert.Equal(
            Enumerable.Range(1, RpcMessages.CallsPerBatch),
            batch.RootElement.EnumerateArray().Select(static call => call.GetProperty("id").GetInt32()));
    }

    [Fact]
    public void Pending_calls_are_as_many_and_as_long_as_they_may_be()
    {
        List<byte[]> messages = Messages(RpcMessages.Pending(delayMs: 200));
        Assert.Equal(RpcMessages.PendingCalls, messages.Count);
        for (int i = 0; i < messages.Count; i++)
        {
            Assert.Equal(MaxMessageBytes, messages[i].Length);
            using JsonDocument call = JsonDocument.Parse(messages[i]);
            Assert.Equal(i + 1, call.RootElement.GetProperty("id").GetInt32());
            Assert.All(call.RootElement.GetProperty("params").GetProperty("text").GetString()!, static c => Assert.Equal('\u007f', c));
        }
    }

    /// <summary>The payloads of masked frames, one after the other.</summary>
    private static List<byte[]> Messages(byte[] frames)
    {
        List<byte[]> messages = [];
        for (int at = 0; at < frames.Length;)
        {
            int headerBytes = ServerFrameHeader.LengthOf(frames[at + 1]);
            // It complains of the mask, which is what a client's frame has.
            int length = (int)ServerFrameHeader.Read(frames.AsSpan(at, headerBytes)).PayloadLength;
            byte[] payload = frames[(at + headerBytes + 4)..(at + headerBytes + 4 + length)];
            FrameEncoder.Mask(payload, frames.AsSpan(at + headerBytes, 4));
            messages.Add(payload);
            at += headerBytes + 4 + length;
        }

        return messages;
    }
}
