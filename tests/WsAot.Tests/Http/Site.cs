using System.Globalization;
using System.Text;
using WsAot.Tests.Harness;

namespace WsAot.Tests.Http;

/// <summary>A server with mappings, and what its clients send and read.</summary>
internal sealed class Site : IDisposable
{
    public Site(Action<WsServerBuilder>? build = null, Action<WsServerOptions>? configure = null, bool hasFolder = false)
    {
        if (hasFolder) Folder = Directory.CreateTempSubdirectory("wsaot-site").FullName;
        Server = new TestServer(
            configure,
            build: builder =>
            {
                builder.FileScheduler = new InlineScheduler();
                Map(builder);
                build?.Invoke(builder);
            });
    }

    public TestServer Server { get; }

    public Gate Gate { get; } = new();

    /// <summary>A folder of the test's own.</summary>
    public string Folder { get; } = "";

    /// <summary>The bodies that came to <c>/echo-body</c>.</summary>
    public List<string> Bodies { get; } = [];

    /// <summary>The tokens of the answers at <c>/wait</c>.</summary>
    public List<CancellationToken> Tokens { get; } = [];

    public TestClient Connect() => Server.Connect();

    /// <summary>Sends a request on a connection of its own.</summary>
    public Response Ask(string request, bool isHead = false) => Assert.Single(Ask(Connect(), request, isHead));

    /// <summary>Sends a request line and headers on a connection of its own.</summary>
    public Response Get(string path, params string[] headers) => Ask(Line("GET", path, headers));

    public static string Line(string method, string path, params string[] headers) =>
        string.Join("\r\n", [$"{method} {path} HTTP/1.1", "Host: a", .. headers]) + "\r\n\r\n";

    public static string Post(string path, string body, params string[] headers) =>
        Line("POST", path, [string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}"), .. headers])
        + body;

    /// <summary>Sends bytes, and reads all responses that come.</summary>
    public static List<Response> Ask(TestClient client, string text, bool isHead = false)
    {
        client.SendRaw(Encoding.UTF8.GetBytes(text));
        return Read(client, isHead);
    }

    /// <summary>Takes apart all that has come; nothing may be left over.</summary>
    public static List<Response> Read(TestClient client, bool isHead = false)
    {
        var responses = new List<Response>();
        ReadOnlySpan<byte> rest = client.Peer.Take();
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf("\r\n\r\n"u8) + 4;
            Assert.True(end > 4, $"no head: {Encoding.UTF8.GetString(rest)}");
            Response head = Response.Parse(rest[..end].ToArray());
            int length = isHead || head["Content-Length"] is not { } text ? 0 : int.Parse(text, CultureInfo.InvariantCulture);
            responses.Add(Response.Parse(rest[..(end + length)].ToArray()));
            rest = rest[(end + length)..];
        }

        return responses;
    }

    public void LetOneGo()
    {
        Gate.LetOneGo();
        Server.Run();
    }

    public void Write(string name, string content)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    public void Dispose()
    {
        while (Gate.WaitingCount > 0) LetOneGo();
        Server.Dispose();
        if (Folder.Length > 0) Directory.Delete(Folder, recursive: true);
    }

    private void Map(WsServerBuilder builder)
    {
        builder.AddPage("/", "text/html", "<p>"u8.ToArray());
        builder.MapGet("/hello", static request => WsResponse.Text($"hello {request.GetQueryValue("name")}"));
        builder.MapPost("/echo-body", request =>
        {
            Bodies.Add(request.ReadText());
            return WsResponse.Bytes(request.Body, "application/octet-stream");
        });
        builder.MapPost("/small", static request => WsResponse.Text(request.ReadText()), new WsHttpOptions { MaxBodyBytes = 10 });
        builder.MapPost("/any", static _ => WsResponse.NoContent(), new WsHttpOptions { AllowAnyOrigin = true });
        builder.MapGet("/throw", static _ => throw new InvalidOperationException("boom"));
        builder.MapGet("/null", static _ => null!);
        builder.MapGet("/wait", async (_, token) =>
        {
            Tokens.Add(token);
            await Gate.PassAsync();
            Assert.NotNull(SynchronizationContext.Current);
            return WsResponse.Text("waited");
        });
        builder.MapGet("/until-cancelled", async (_, token) =>
        {
            Tokens.Add(token);
            await Gate.UntilCancelledAsync(token);
            return WsResponse.NoContent();
        });
        builder.MapPost("/publish", static request =>
        {
            request.Server.Publish("news", request.Body.Span);
            return WsResponse.NoContent();
        });
    }
}
