using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using WsAot.Native.Tests.Harness;
using WsAot.TestKit.Handshake;
using Xunit.Abstractions;

namespace WsAot.Native.Tests.Instructions;

/// <summary>
/// What a connection costs that is opened, upgraded and reset by its client: calls of the kernel, and instructions outside of it.
/// </summary>
[Collection(PublishedFile.Name)]
public sealed class ConnectionTests(PublishedApp app, ITestOutputHelper output)
{
    private const int FirstCount = 64;
    private const int Count = 1000;
    private const double Margin = 0.02;

    [RequiresFact(Tool.Valgrind)]
    public async Task A_connection_takes_as_few_calls_of_the_kernel_as_it_can()
    {
        Dictionary<string, int> calls = await CountedServer.CountCallsAsync(app, static port => OpenAndReset(port, Count));
        ExpectEach(1, "accept4");
        ExpectEach(1, "epoll_ctl");
        ExpectEach(1, "sendto");
        ExpectEach(1, "close");
        // One for the request, and one that reports the reset.
        ExpectEach(2, "recvfrom");

        // A start and a stop call these some dozens of times.
        void ExpectEach(int each, string call) => Assert.InRange(calls[call], each * Count, each * Count + 60);
    }

    [RequiresFact(Tool.Valgrind)]
    public async Task A_connection_takes_as_many_instructions_as_its_budget_says()
    {
        long first = Math.Min(await CountAsync(FirstCount), await CountAsync(FirstCount));
        double each = Math.Min(await CountAsync(FirstCount + Count), await CountAsync(FirstCount + Count)) - first;
        each /= Count;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{each:F1} \"connectionInstructions\": {{ \"min\": {each * (1 - Margin):F0}, \"max\": {each * (1 + Margin):F0} }},"));
        Budgets.Expect(Math.Round(each, 1), "connectionInstructions");
    }

    private Task<long> CountAsync(int count) => CountedServer.CountAsync(app, port => OpenAndReset(port, count));

    private static void OpenAndReset(int port, int count)
    {
        byte[] request = ExampleHandshake.Request("/echo", $"127.0.0.1:{port}");
        byte[] received = new byte[1024];
        for (int i = 0; i < count; i++)
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                LingerState = new LingerOption(enable: true, seconds: 0),
                ReceiveTimeout = (int)Command.Patience.TotalMilliseconds,
            };
            socket.Connect(IPAddress.Loopback, port);
            socket.Send(request);
            // The answer is sent with one call, and is so short that it comes whole.
            string head = Encoding.ASCII.GetString(received, 0, socket.Receive(received));
            Assert.StartsWith("HTTP/1.1 101 ", head, StringComparison.Ordinal);
            Assert.EndsWith("\r\n\r\n", head, StringComparison.Ordinal);
        }
    }
}
