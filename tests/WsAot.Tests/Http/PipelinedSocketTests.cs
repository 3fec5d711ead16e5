using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using WsAot.Tests.Harness;
using WsAot.Transport;

namespace WsAot.Tests.Http;

/// <summary>Pipelined requests on a real socket.</summary>
public sealed class PipelinedSocketTests
{
    private const int Requests = 20_000;
    private const int AnswerBytes = 4096;

    /// <summary>What the kernel may hold of the answers, 16 MiB at most, and one read of requests.</summary>
    private const int MostAhead = (16 * 1024 * 1024 / AnswerBytes) + 2000;

    [Theory]
    [InlineData(TransportKind.Epoll)]
    [InlineData(TransportKind.Sockets)]
    public async Task Many_requests_are_answered_in_order_and_no_more_of_them_than_the_client_reads(TransportKind kind)
    {
        if (kind == TransportKind.Epoll && !OperatingSystem.IsLinux()) return;
        int answered = 0;
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        builder.Options.Urls = "ws://127.0.0.1:0";
        builder.Options.AllowedHosts = "*";
        builder.Options.Transport = kind;
        var script = new Script();
        builder.Services.Add(script);
        builder.Services.AddTransient(_ => new ConnectionResource(script));
        builder.MapGet("/number", request =>
        {
            Interlocked.Increment(ref answered);
            return WsResponse.Text(request.GetQueryValue("n")!.PadRight(AnswerBytes));
        });
        await using WsServer server = builder.Build();
        server.Start();
        using var client = new TcpClient { ReceiveBufferSize = 64 * 1024 };
        await client.ConnectAsync(IPAddress.Loopback, new Uri(server.Urls[0]).Port);
        NetworkStream stream = client.GetStream();
        string requests = string.Concat(Enumerable.Range(0, Requests).Select(static i => Site.Line("GET", $"/number?n={i}")));
        Task sending = stream.WriteAsync(Encoding.ASCII.GetBytes(requests)).AsTask();
        using var reader = new StreamReader(stream, Encoding.ASCII, bufferSize: 64 * 1024);
        char[] body = new char[AnswerBytes];
        for (int i = 0; i < Requests; i++)
        {
            Assert.Equal("HTTP/1.1 200 OK", await reader.ReadLineAsync());
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
            }

            await reader.ReadBlockAsync(body);
            Assert.Equal(i, int.Parse(body, CultureInfo.InvariantCulture));
            Assert.InRange(Volatile.Read(ref answered), i + 1, i + MostAhead);
        }

        await sending;
    }
}
