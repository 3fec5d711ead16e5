using Microsoft.Extensions.Logging.Abstractions;
using WsAot.Tests.Harness;
using WsAot.Transport;

namespace WsAot.Tests;

/// <summary>
/// Bytes are handed to the session as the transport does it, without the transport's own doing; what it sends goes into a queue that the
/// kernel does not take, or (corked) into the loop's buffer.
/// </summary>
public sealed class AllocationTests : IDisposable
{
    private const int Messages = 100;

    // The poisoning pool makes an array each time.
    // And the lines that the tests' log keeps would be allocated.
    private readonly TestServer _server =
        new(hasOwnPools: true, build: static builder => builder.LoggerFactory = NullLoggerFactory.Instance);
    private readonly MeasuredLoop _loop;

    public AllocationTests() => _loop = MeasuredLoop.Before(_server.Transport.Loops[0]);

    public void Dispose() => _server.Dispose();

    [Fact]
    public void An_echo_of_64_bytes_allocates_nothing() => AssertNoAllocation("/echo", Frame.Text(new string('x', 64)), 66);

    [Fact]
    public void An_echo_in_two_fragments_allocates_nothing() =>
        AssertNoAllocation("/echo", [.. Frame.Text(new string('x', 32), fin: false), .. Frame.Continuation(new string('x', 32))], 66);

    [Fact]
    public void An_echo_of_text_in_three_scripts_allocates_nothing() =>
        AssertNoAllocation("/echo", Frame.Text(string.Concat(Enumerable.Repeat("caf\u00E9 2 \u20AC \U0001F600 ", 100))), 1700);

    [Fact]
    public void An_echo_that_is_sent_from_where_it_was_received_or_waits_allocates_nothing() =>
        AssertNoAllocation("/echo", Frame.Binary(new byte[16 * 1024]), 16 * 1024);

    [Fact]
    public void An_answer_to_a_ping_allocates_nothing() => AssertNoAllocation("/echo", Frame.Ping("ping"), 6);

    [Fact]
    public void A_delivery_of_what_is_published_allocates_nothing_but_its_one_shared_frame()
    {
        TestClient[] clients = [.. Enumerable.Range(0, 2).Select(_ => _server.Open("/room/a"))];
        byte[] message = Frame.Text(new string('x', 64));
        // 66 bytes and the head of an array, in an object that holds the frame's other forms: once for all subscribers. What waits for the
        // others while the batch lasts lies in chunks that the first time has left in the pool.
        AssertNoAllocation("/room/a", message, 66, allowedBytesEach: 96 + 48, others: clients);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":{"c":1,"b":2,"a":4},"id":"a string"}""")]
    [InlineData("""{"id":null,"x":{"y":[1,2,3]},"params":[1,2,4],"method":"sum","jsonrpc":"2.0"}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"none","id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":1,"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":[1,2],"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":[1,2,"4"],"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":[1,2,4.5],"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":{"a":1,"a":2,"c":4},"id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":{"a":1,"b":2,"x":4},"id":1}""")]
    public void A_JSON_RPC_call_with_an_int_as_result_allocates_nothing_and_neither_do_refusals(string request) =>
        // Once in 5,000 calls something may be made anew, such as statics of a method that the runtime compiles better meanwhile; the
        // smallest object for each call would be 120,000 bytes.
        AssertNoAllocation("/rpc", Frame.Text(request), 40, allowedBytes: 8192, messages: 5000);

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"sum","params":[1,2,4],"id":1}""", 35)]
    [InlineData("""{"jsonrpc":"2.0","method":"refused","id":1}""", 70)]
    public void A_synchronous_filter_around_a_synchronous_method_allocates_nothing(string request, int answerBytes) =>
        AssertNoAllocation("/filters/timed", Frame.Text(request), answerBytes, allowedBytes: 8192, messages: 5000);

    [Fact]
    public void A_synchronous_filter_around_an_event_allocates_nothing() =>
        AssertNoAllocation("/filters/timed", Frame.Binary(new byte[64]), 66);

    [Fact]
    public void Opening_a_connection_allocates_what_stays_and_nothing_else()
    {
        // The session, the connection object and the user's handler; the transport's connection was there before. What this says is what
        // an idle connection takes, to which come the transport's 80 bytes and its places in the lists.
        const int SessionBytes = 264;
        for (int i = 0; i < 2; i++) _server.Open("/echo");
        var handlers = new List<MeasuringHandler>();
        for (int i = 0; i < Messages; i++)
        {
            TestClient client = _server.Connect();
            var handler = new MeasuringHandler(TestClient.UpgradeRequest("/echo"), 1);
            handlers.Add(handler);
            handler.Inner = Swap(handler);
            client.SendRaw(TestClient.UpgradeRequest("/echo"));
        }

        // Now and then a list grows.
        Assert.InRange(handlers.Select(static handler => handler.AllocatedBytes).Order().ElementAt(Messages / 2), 100, SessionBytes);
    }

    private void AssertNoAllocation(
        string path,
        byte[] message,
        int answerBytes,
        int allowedBytesEach = 0,
        int allowedBytes = 0,
        int messages = Messages,
        params TestClient[] others)
    {
        var handler = new MeasuringHandler(message, messages);
        TestClient client = _server.Open(path);
        handler.Inner = Swap(handler);
        // The first time code is compiled and queues grow to their size. Later the least of three rounds counts: when the runtime compiles
        // a method better meanwhile, it may make something for itself, once.
        long least = long.MaxValue;
        for (int round = 0; round < 4; round++)
        {
            foreach (TestClient each in others.Append(client)) each.Drain();
            client.SendRaw(message);
            if (round > 0) least = Math.Min(least, handler.AllocatedBytes);
        }

        Assert.InRange(least, 0, ((long)allowedBytesEach * messages) + allowedBytes);
        Assert.Equal(messages, client.Drain().Count(frame => frame.Payload.Length >= answerBytes - 10));
    }

    /// <summary>Puts a handler before the one that the newest connection has now: its session, or its handshake.</summary>
    private IConnectionHandler Swap(IConnectionHandler handler)
    {
        TransportConnection connection = _loop.NewestConnection!;
        IConnectionHandler inner = connection.Handler;
        connection.Handler = handler;
        return inner;
    }

    private sealed class MeasuringHandler(byte[] message, int times) : IConnectionHandler
    {
        private readonly byte[] _scratch = new byte[message.Length];

        public IConnectionHandler Inner { get; set; } = null!;

        public long AllocatedBytes { get; private set; }

        public void OnReceived(Span<byte> bytes)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < times; i++)
            {
                message.CopyTo(_scratch, 0);
                Inner.OnReceived(_scratch);
            }

            AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        public void OnPeerShutdown() => Inner.OnPeerShutdown();

        public void OnOutputProgress() => Inner.OnOutputProgress();

        public void OnClosed() => Inner.OnClosed();
    }
}
