using System.Text;
using WsAot.Soak.Wire;
using WsAot.TestKit.Sockets;

namespace WsAot.Soak.Operating;

/// <summary>Requests a page that does not exist and the methods of a page, each on its own connection.</summary>
internal sealed class AskVisitor(OperatingLoad load, ServerAddress server, Random random) : IVisitor
{
    private readonly byte[] _buffer = new byte[4096];

    public async Task VisitAsync(CancellationToken patience)
    {
        bool isOptions = random.Next(2) == 0;
        (string request, string status) = isOptions ? ("OPTIONS /", "HTTP/1.1 200 ") : ("GET /nothing", "HTTP/1.1 404 ");
        using TcpChannel channel = new();
        await channel.ConnectAsync("127.0.0.1", server.Port, patience);
        await channel.SendAsync(Encoding.ASCII.GetBytes($"{request} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"), patience);
        int length = 0;
        for (int count; (count = await channel.ReceiveAsync(_buffer.AsMemory(length), patience)) > 0;) length += count;
        string answer = Encoding.ASCII.GetString(_buffer, 0, length);
        bool isRight = answer.StartsWith(status, StringComparison.Ordinal);
        if (isRight) Interlocked.Increment(ref isOptions ? ref load.Tallies.Options : ref load.Tallies.NotFound);
        else load.Faults.Add($"{request} was answered with '{answer.Split('\r')[0]}'");
        await load.PauseAsync(random.Next(200));
    }
}
