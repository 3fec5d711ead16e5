using System.Diagnostics;
using System.Net.Sockets;
using WsAot.Tests.Harness;
using WsAot.Tests.Http;

namespace WsAot.Tests.Files;

public sealed class FilesTests : IDisposable
{
    private readonly Site _site;

    public FilesTests()
    {
        string folder = Directory.CreateTempSubdirectory("wsaot-files").FullName;
        Folder = folder;
        Write("index.html", "<home>");
        Write("app.js", "js");
        Write("app.js.br", "br");
        Write("app.js.gz", "gz");
        Write("style.css", "css");
        Write("docs/index.html", "<docs>");
        Write("docs/a b.txt", "space");
        Write("docs/café.txt", "coffee");
        Write("empty/x.bin", "");
        _site = new Site(builder =>
        {
            // The page of other tests would come before the index.
            builder.Pages.RemoveAll(static page => page.Path.AsSpan().SequenceEqual("/"u8));
            builder.AddFiles("/", folder, new WsFileOptions { FallBackToIndex = true });
            builder.AddFiles("/static/", Path.Combine(folder, "docs"), new WsFileOptions { CacheControl = "immutable" });
        });
    }

    private string Folder { get; }

    public void Dispose()
    {
        _site.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    [Theory]
    [InlineData("/", 200, "<home>", "text/html; charset=utf-8")]
    [InlineData("/?v=1", 200, "<home>", "text/html; charset=utf-8")]
    [InlineData("/index.html", 200, "<home>", "text/html; charset=utf-8")]
    [InlineData("/app.js", 200, "js", "text/javascript; charset=utf-8")]
    [InlineData("/style.css?x", 200, "css", "text/css; charset=utf-8")]
    [InlineData("/docs/", 200, "<docs>", "text/html; charset=utf-8")]
    [InlineData("/docs/a%20b.txt", 200, "space", "text/plain; charset=utf-8")]
    [InlineData("/docs/caf%C3%A9.txt", 200, "coffee", "text/plain; charset=utf-8")]
    [InlineData("/empty/x.bin", 200, "", "application/octet-stream")]
    [InlineData("/static/a%20b.txt", 200, "space", "text/plain; charset=utf-8")]
    [InlineData("/static/", 200, "<docs>", "text/html; charset=utf-8")]
    [InlineData("/users/17", 200, "<home>", "text/html; charset=utf-8")]
    [InlineData("/users/17/", 200, "<home>", "text/html; charset=utf-8")]
    [InlineData("/missing.js", 404, null, null)]
    [InlineData("/static/app.js", 404, null, null)]
    [InlineData("/static/users", 404, null, null)]
    [InlineData("/echo", 426, null, null)]
    [InlineData("/hello", 200, "hello ", "text/plain; charset=utf-8")]
    [InlineData("/healthz", 200, "ok\n", "text/plain; charset=utf-8")]
    public void A_path_leads_to_its_file(string path, int statusCode, string? body, string? type)
    {
        Response response = _site.Get(path);
        Assert.Equal(statusCode, response.StatusCode);
        if (statusCode == 200) Assert.Equal((body, type), (response.Body, response["Content-Type"]));
    }

    [Theory]
    [InlineData("/docs", "/docs/")]
    [InlineData("/docs?a=b", "/docs/?a=b")]
    [InlineData("/static", "/static/")]
    public void A_folder_has_a_slash_at_its_end(string path, string location)
    {
        Response response = _site.Get(path);
        Assert.Equal((301, location), (response.StatusCode, response["Location"]));
    }

    [Theory]
    [InlineData(null, "js", null)]
    [InlineData("br", "br", "br")]
    [InlineData("gzip, br", "br", "br")]
    [InlineData("gzip, br;q=0.5", "gz", "gzip")]
    [InlineData("br;q=0, gzip", "gz", "gzip")]
    [InlineData("br;q=0.5, identity", "js", null)]
    [InlineData("*", "br", "br")]
    [InlineData("deflate", "js", null)]
    public void A_compressed_form_is_chosen_by_what_the_client_accepts(string? accepted, string body, string? coding)
    {
        Response response = _site.Get("/app.js", accepted is null ? "X: y" : $"Accept-Encoding: {accepted}");
        Assert.Equal((body, coding), (response.Body, response["Content-Encoding"]));
        Assert.Equal("text/javascript; charset=utf-8", response["Content-Type"]);
        Assert.Equal("Accept-Encoding", response["Vary"]);
    }

    [Fact]
    public void A_file_without_compressed_forms_comes_as_it_is() =>
        Assert.Null(_site.Get("/style.css", "Accept-Encoding: br, gzip")["Content-Encoding"]);

    [Fact]
    public void A_tag_saves_the_content_until_the_file_changes()
    {
        Response first = _site.Get("/app.js");
        string tag = first["ETag"]!;
        Assert.Matches("^\"[^\"]+\"$", tag);
        Assert.Equal("no-cache", first["Cache-Control"]);
        Assert.NotEqual(tag, _site.Get("/app.js", "Accept-Encoding: br")["ETag"]);
        foreach (string known in (string[])[tag, "W/" + tag, $"\"x\", {tag}", "*", $"\"x\"\r\nIf-None-Match: {tag}"])
        {
            Response response = _site.Get("/app.js", $"If-None-Match: {known}");
            Assert.Equal((304, "", tag), (response.StatusCode, response.Body, response["ETag"]));
            Assert.Equal((null, null), (response["Content-Length"], response["Content-Type"]));
        }

        Assert.Equal(200, _site.Get("/app.js", "If-None-Match: \"x\"").StatusCode);
        Write("app.js", "js 2");
        Response changed = _site.Get("/app.js", $"If-None-Match: {tag}");
        Assert.Equal((200, "js 2"), (changed.StatusCode, changed.Body));
    }

    [Fact]
    public void HEAD_gets_the_headers_and_other_methods_405()
    {
        Response head = _site.Ask(Site.Line("HEAD", "/app.js"), isHead: true);
        Assert.Equal((200, "2", ""), (head.StatusCode, head["Content-Length"], head.Body));
        Response post = _site.Ask(Site.Post("/app.js", ""));
        Assert.Equal((405, "GET, HEAD, OPTIONS"), (post.StatusCode, post["Allow"]));
        Assert.Equal(200, _site.Ask(Site.Line("OPTIONS", "/app.js")).StatusCode);
    }

    [Fact]
    public void Options_are_those_of_the_longest_path() => Assert.Equal("immutable", _site.Get("/static/")["Cache-Control"]);

    [Fact]
    public void Files_are_pipelined_with_mappings()
    {
        TestClient client = _site.Connect();
        string requests = string.Concat(Enumerable.Repeat(Site.Line("GET", "/app.js") + Site.Line("GET", "/hello"), 20));
        Assert.Equal(
            Enumerable.Repeat((string[])["js", "hello "], 20).SelectMany(static pair => pair),
            Site.Ask(client, requests).Select(static response => response.Body));
    }

    [Fact]
    public void A_large_file_comes_in_pieces_to_a_slow_client()
    {
        File.WriteAllBytes(Path.Combine(Folder, "large.wasm"), [.. Enumerable.Range(0, 1_000_000).Select(static i => (byte)(i % 251))]);
        TestClient client = _site.Connect();
        client.Peer.WindowBytes = 10_000;
        client.SendRaw(System.Text.Encoding.ASCII.GetBytes(Site.Line("GET", "/large.wasm")));
        var received = new List<byte>();
        for (byte[] taken = client.Peer.Take(); taken.Length > 0; taken = client.Peer.Take())
        {
            received.AddRange(taken);
            Assert.InRange(_site.Server.Pool.LentBytes, 0, 256 * 1024);
            _site.Server.Run();
        }

        Response response = Response.Parse([.. received]);
        Assert.Equal(("application/wasm", "1000000"), (response["Content-Type"], response["Content-Length"]));
        byte[] content = [.. received[^1_000_000..]];
        Assert.True(content.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Folder, "large.wasm"))));
        Assert.Equal(0, _site.Server.Pool.LentBytes);
    }

    [Fact]
    public void A_client_that_goes_amid_a_file_leaves_it_closed()
    {
        File.WriteAllBytes(Path.Combine(Folder, "large.bin"), new byte[1_000_000]);
        TestClient client = _site.Connect();
        client.Peer.WindowBytes = 10_000;
        client.SendRaw(System.Text.Encoding.ASCII.GetBytes(Site.Line("GET", "/large.bin")));
        client.Reset();
        _site.Server.Run();
        Assert.Equal(0, _site.Server.Pool.LentBytes);
        using FileStream alone = new(Path.Combine(Folder, "large.bin"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [Fact]
    public void Only_regular_files_are_served_and_nothing_else_is_opened()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(Folder, "socket.txt")));
        string pipe = Path.Combine(Folder, "pipe.txt");
        using (Process mkfifo = Process.Start("mkfifo", pipe)) mkfifo.WaitForExit();
        Assert.Equal(404, _site.Get("/socket.txt").StatusCode);
        // Has a writer, so that to open it would not hang this test.
        using var writer = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite);
        Assert.Equal(404, _site.Get("/pipe.txt").StatusCode);
        Assert.Equal(200, _site.Get("/app.js").StatusCode);
        Assert.Empty(_site.Server.Log.Errors);
    }

    [Fact]
    public void A_file_that_is_there_and_cannot_be_opened_is_no_404()
    {
        TestClient client = _site.Connect();
        using (new FileStream(Path.Combine(Folder, "app.js"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Equal(500, Assert.Single(Site.Ask(client, Site.Line("GET", "/app.js"))).StatusCode);
        }

        Assert.Equal(40, Assert.Single(_site.Server.Log.Errors).Id);
        Assert.Equal(200, Assert.Single(Site.Ask(client, Site.Line("GET", "/app.js"))).StatusCode);
    }

    [Fact]
    public void A_folder_must_be_there_and_a_path_has_one()
    {
        WsServerBuilder builder = WsServer.CreateBuilder(WsRoutes.Table);
        Assert.Throws<DirectoryNotFoundException>(() => builder.AddFiles("/", Path.Combine(Folder, "none")));
        builder.AddFiles("/a", Folder);
        Assert.Throws<ArgumentException>(() => builder.AddFiles("/a", Folder));
        Assert.Throws<ArgumentException>(() => builder.AddFiles("a", Folder));
        Assert.Throws<ArgumentException>(() => builder.AddFiles("/b", typeof(FilesTests).Assembly, "no such prefix/"));
    }

    [Fact]
    public void Embedded_files_are_served_as_those_of_a_folder()
    {
        using var site = new Site(static builder => builder.AddFiles("/web/", typeof(FilesTests).Assembly, "web/"));
        Response page = site.Get("/web/");
        Assert.Equal((200, "<embedded>\n", "text/html; charset=utf-8"), (page.StatusCode, page.Body, page["Content-Type"]));
        Assert.Equal("body {}\n", site.Get("/web/css/site.css").Body);
        Assert.Equal(304, site.Get("/web/", $"If-None-Match: {page["ETag"]}").StatusCode);
        Assert.NotEqual(page["ETag"], site.Get("/web/css/site.css")["ETag"]);
        Assert.Equal("/web/css/", site.Get("/web/css")["Location"]);
        Assert.Equal("/web/", site.Get("/web")["Location"]);
        foreach (string path in (string[])["/web/none", "/web/css/", "/web/Css/site.css", "/web/.hidden", "/web//index.html"])
        {
            Assert.Equal(404, site.Get(path).StatusCode);
        }
    }

    private void Write(string name, string content)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
