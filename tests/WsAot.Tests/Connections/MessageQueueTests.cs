using WsAot.Connections;
using WsAot.Protocol.Messages;

namespace WsAot.Tests.Connections;

public sealed class MessageQueueTests
{
    [Fact]
    public void Messages_leave_as_they_came_whatever_their_sizes()
    {
        var random = new Random(7);
        var pool = new PoisoningPool();
        for (int round = 0; round < 20; round++)
        {
            var inbox = new MessageQueue(pool);
            var twin = new Queue<(ReceiveStatus Kind, byte[] Payload)>();
            for (int step = 0; step < 300; step++)
            {
                if (random.Next(5) < 3)
                {
                    byte[] payload = new byte[random.Next(10) == 0 ? random.Next(20_000) : random.Next(50)];
                    random.NextBytes(payload);
                    var kind = (ReceiveStatus)random.Next(3);
                    inbox.Enqueue(kind, payload);
                    twin.Enqueue((kind, payload));
                }
                else if (twin.TryDequeue(out (ReceiveStatus Kind, byte[] Payload) expected))
                {
                    Assert.Equal(expected.Kind, inbox.Dequeue(out ReadOnlySpan<byte> payload));
                    Assert.True(payload.SequenceEqual(expected.Payload));
                }

                Assert.Equal(twin.Count == 0, inbox.IsEmpty);
                Assert.Equal(twin.Sum(static message => message.Payload.Length + 5), inbox.PendingBytes);
            }

            inbox.Release();
            Assert.Equal(0, pool.LentCount);
        }

        Assert.Null(pool.FindProblem());
    }

    [Fact]
    public void A_flow_that_is_taken_as_it_comes_stays_in_one_buffer()
    {
        var pool = new PoisoningPool();
        var inbox = new MessageQueue(pool);
        for (int i = 0; i < 10_000; i++)
        {
            inbox.Enqueue(ReceiveStatus.Text, new byte[100]);
            inbox.Dequeue(out _);
        }

        Assert.Equal(1, pool.RentCalls);
        inbox.Release();
    }
}
