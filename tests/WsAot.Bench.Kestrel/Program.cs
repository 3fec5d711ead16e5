using System.Net.WebSockets;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// WsAot.Bench.Kestrel PORT: echoes at every path, with as little of ASP.NET Core as possible.
if (args is ["--version"])
{
    Console.WriteLine(
        $"ASP.NET Core {typeof(WebApplication).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}"
        + ", NativeAOT");
    return;
}

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls($"http://127.0.0.1:{args[0]}");
WebApplication app = builder.Build();
app.UseWebSockets();
app.Run(static async context =>
{
    using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
    await EchoAsync(socket);
});
await app.StartAsync();
Console.WriteLine($"listening on ws://127.0.0.1:{args[0]}");
await app.WaitForShutdownAsync();

// The loop of ASP.NET Core's own sample. Like the other servers, it answers only complete messages.
static async Task EchoAsync(WebSocket socket)
{
    byte[] buffer = new byte[4096];
    while (true)
    {
        int length = 0;
        ValueWebSocketReceiveResult received;
        do
        {
            if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            received = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            length += received.Count;
        }
        while (!received.EndOfMessage);

        if (received.MessageType == WebSocketMessageType.Close) break;
        await socket.SendAsync(buffer.AsMemory(0, length), received.MessageType, endOfMessage: true, CancellationToken.None);
    }

    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
}
