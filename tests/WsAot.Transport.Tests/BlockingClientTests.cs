using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WsAot.Transport.Tests;

public sealed class BlockingClientTests
{
    private const int PatienceMs = 30_000;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task An_answer_is_read_to_its_end(string address)
    {
        using TcpListener listener = new(IPAddress.Parse(address), 0);
        listener.Start();
        Task<string> peer = AnswerAsync(listener, ["in ", "two parts"]);
        byte[] answer = new byte[64];
        int length = await Task.Run(() => BlockingClient.Ask((IPEndPoint)listener.LocalEndpoint, "question\n"u8, answer, PatienceMs));
        Assert.Equal("in two parts", Encoding.ASCII.GetString(answer, 0, length));
        Assert.Equal("question", await peer);
    }

    [Fact]
    public async Task A_long_answer_is_cut_at_the_buffers_end()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task<string> peer = AnswerAsync(listener, ["0123456789"]);
        byte[] answer = new byte[4];
        Assert.Equal(4, await Task.Run(() => BlockingClient.Ask((IPEndPoint)listener.LocalEndpoint, "question\n"u8, answer, PatienceMs)));
        Assert.Equal("0123", Encoding.ASCII.GetString(answer));
        await peer;
    }

    [Fact]
    public void Nobody_listening_is_said()
    {
        IPEndPoint free;
        using (TcpListener listener = new(IPAddress.Loopback, 0))
        {
            listener.Start();
            free = (IPEndPoint)listener.LocalEndpoint;
        }

        var exception = Assert.Throws<TransportException>(() => BlockingClient.Ask(free, "question"u8, new byte[1], PatienceMs));
        Assert.Contains("refused", exception.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Nobody_answering_is_said_when_the_time_is_over()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Assert.Throws<TransportException>(
            () => BlockingClient.Ask((IPEndPoint)listener.LocalEndpoint, "question"u8, new byte[1], timeoutMs: 20));
    }

    [Fact]
    public void A_timeout_of_0_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => BlockingClient.Ask(new IPEndPoint(IPAddress.Loopback, 1), default, new byte[1], timeoutMs: 0));

    private static async Task<string> AnswerAsync(TcpListener listener, string[] parts)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync();
        using StreamReader reader = new(client.GetStream());
        string question = (await reader.ReadLineAsync())!;
        foreach (string part in parts) await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(part));
        return question;
    }
}
