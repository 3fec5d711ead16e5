using WsAot.Files;
using WsAot.Tests.Harness;
using WsAot.Tests.Http;

namespace WsAot.Tests.Files;

/// <summary>Nothing outside the folder is served, and nothing hidden in it, however it is asked for.</summary>
public sealed class FileTraversalTests : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("wsaot-traversal").FullName;
    private readonly Site _site;

    public FileTraversalTests()
    {
        string folder = Path.Combine(_top, "site");
        string[] names = ["site/index.html", "site/.env", "site/.git/config", "site/sub/file.txt", "site/NUL.txt", "site/a:b"];
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_top, name))!);
            File.WriteAllText(Path.Combine(_top, name), "inside");
        }

        Directory.CreateDirectory(Path.Combine(_top, "site-other"));
        File.WriteAllText(Path.Combine(_top, "site-other", "secret.txt"), "secret");
        File.WriteAllText(Path.Combine(_top, "secret.txt"), "secret");
        Directory.CreateDirectory(Path.Combine(folder, ".well-known"));
        File.WriteAllText(Path.Combine(folder, ".well-known", "known.txt"), "known");
        _site = new Site(builder =>
        {
            builder.Pages.RemoveAll(static page => page.Path.AsSpan().SequenceEqual("/"u8));
            builder.AddFiles("/", folder);
        });
    }

    private string Folder => Path.Combine(_top, "site");

    public void Dispose()
    {
        _site.Dispose();
        Directory.Delete(_top, recursive: true);
    }

    [Theory]
    [InlineData("/../secret.txt", 400)]
    [InlineData("/sub/../../secret.txt", 400)]
    [InlineData("/sub/../index.html", 400)]
    [InlineData("/./index.html", 400)]
    [InlineData("/%2e%2e/secret.txt", 400)]
    [InlineData("/%2E%2e/secret.txt", 400)]
    [InlineData("/.%2e/secret.txt", 400)]
    [InlineData("/..%2fsecret.txt", 404)]
    [InlineData("/%2e%2e%2fsecret.txt", 404)]
    [InlineData("/sub%2f..%2f..%2fsecret.txt", 404)]
    [InlineData("/sub%2ffile.txt", 404)]
    [InlineData("/..%5csecret.txt", 404)]
    [InlineData("/..\\secret.txt", 404)]
    [InlineData("/sub\\file.txt", 404)]
    [InlineData("/sub%5cfile.txt", 404)]
    [InlineData("/%252e%252e/secret.txt", 404)]
    [InlineData("/..%c0%afsecret.txt", 400)]
    [InlineData("/%c0%ae%c0%ae/secret.txt", 400)]
    [InlineData("/..;/secret.txt", 404)]
    [InlineData("/.../secret.txt", 404)]
    [InlineData("/index.html%00.js", 400)]
    [InlineData("/%00", 400)]
    [InlineData("//etc/passwd", 404)]
    [InlineData("/%2fetc/passwd", 404)]
    [InlineData("/%2Fetc%2Fpasswd", 404)]
    [InlineData("///sub/file.txt", 404)]
    [InlineData("/sub//file.txt", 404)]
    [InlineData("/C:/Windows/win.ini", 404)]
    [InlineData("/c:%5cwindows%5cwin.ini", 404)]
    [InlineData("/a:b", 404)]
    [InlineData("/index.html::$DATA", 404)]
    [InlineData("/NUL.txt", 404)]
    [InlineData("/con", 404)]
    [InlineData("/COM1", 404)]
    [InlineData("/lpt9.txt", 404)]
    [InlineData("/sub/aux.html", 404)]
    [InlineData("/SECRET~1.TXT", 404)]
    [InlineData("/index.html.", 404)]
    [InlineData("/index.html%20", 404)]
    [InlineData("/.env", 404)]
    [InlineData("/.git/config", 404)]
    [InlineData("/%2egit/config", 404)]
    [InlineData("/sub/.well-known", 404)]
    [InlineData("/.well-known/.env", 404)]
    [InlineData("/../site-other/secret.txt", 400)]
    [InlineData("/%0d%0aX:y", 404)]
    [InlineData("/*", 404)]
    public void A_path_that_leads_elsewhere_is_refused(string path, int statusCode)
    {
        Response response = _site.Get(path);
        Assert.Equal(statusCode, response.StatusCode);
        Assert.DoesNotContain("inside", response.Body, StringComparison.Ordinal);
        Assert.Null(response["Location"]);
    }

    [Fact]
    public void What_lies_in_the_folder_is_served()
    {
        Assert.Equal("inside", _site.Get("/sub/file.txt").Body);
        Assert.Equal("inside", _site.Get("/s%75b/file%2Etxt").Body);
        Assert.Equal("known", _site.Get("/.well-known/known.txt").Body);
    }

    [Fact]
    public void A_link_that_leads_out_is_not_followed_and_one_within_is()
    {
        if (OperatingSystem.IsWindows()) return;
        File.CreateSymbolicLink(Path.Combine(Folder, "out.txt"), "../secret.txt");
        File.CreateSymbolicLink(Path.Combine(Folder, "absolute.txt"), Path.Combine(_top, "secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "other"), "../site-other");
        Directory.CreateSymbolicLink(Path.Combine(Folder, "up"), "..");
        File.CreateSymbolicLink(Path.Combine(Folder, "twice.txt"), "sub/hop/secret.txt");
        Directory.CreateSymbolicLink(Path.Combine(Folder, "sub", "hop"), "../other");
        File.CreateSymbolicLink(Path.Combine(Folder, "circle"), "circle");
        File.CreateSymbolicLink(Path.Combine(Folder, "index.html.br"), "../secret.txt");
        File.CreateSymbolicLink(Path.Combine(Folder, "inner.txt"), "sub/file.txt");
        Directory.CreateSymbolicLink(Path.Combine(Folder, "inner"), "up/site/sub");
        string[] outside =
        [
            "/out.txt", "/absolute.txt", "/other/secret.txt", "/other", "/up/secret.txt", "/up", "/up/", "/twice.txt", "/circle",
            "/sub/hop/secret.txt",
        ];
        Assert.All(outside, path => Assert.Equal(404, _site.Get(path).StatusCode));
        Assert.Equal("inside", _site.Get("/index.html", "Accept-Encoding: br").Body);
        Assert.Equal("inside", _site.Get("/inner.txt").Body);
        Assert.Equal("inside", _site.Get("/inner/file.txt").Body);
    }

    [Fact]
    public void The_folder_itself_may_be_a_link()
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateSymbolicLink(Path.Combine(_top, "current"), "site");
        using var site = new Site(builder => builder.AddFiles("/files/", Path.Combine(_top, "current")));
        Assert.Equal("inside", site.Get("/files/sub/file.txt").Body);
        Assert.Equal(404, site.Get("/files/..%2f").StatusCode);
    }

    [Fact]
    public void Any_name_leads_into_the_folder_or_nowhere()
    {
        string[] pieces = ["..", ".", "/", "\\", "%2e", "%2f", "%5c", "%00", "secret.txt", "site", "sub", "~1", ":", "a", "%c0%af", "//"];
        var random = new Random(11);
        for (int i = 0; i < 2000; i++)
        {
            string path = "/" + string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => pieces[random.Next(pieces.Length)]));
            Response response = _site.Get(path);
            Assert.DoesNotContain("secret", response.StatusCode == 200 ? response.Body : "", StringComparison.Ordinal);
            Assert.True(response["Location"] is null || !response["Location"]!.StartsWith("//", StringComparison.Ordinal), path);
        }
    }

    [Theory]
    [InlineData("a.js", true)]
    [InlineData("vendors~main.js", true)]
    [InlineData("console.js", true)]
    [InlineData("com10.js", true)]
    [InlineData(".env", false)]
    [InlineData(".well-known", false)]
    [InlineData("a/b", false)]
    [InlineData("a\\b", false)]
    [InlineData("a:b", false)]
    [InlineData("a*", false)]
    [InlineData("a?", false)]
    [InlineData("a\"", false)]
    [InlineData("a<", false)]
    [InlineData("a>", false)]
    [InlineData("a|", false)]
    [InlineData("a.", false)]
    [InlineData("a ", false)]
    [InlineData("SECRET~1.TXT", false)]
    [InlineData("LPT1", false)]
    [InlineData("con.txt", false)]
    [InlineData("prn", false)]
    [InlineData("Aux.x", false)]
    [InlineData("CLOCK$", false)]
    [InlineData("conin$", false)]
    [InlineData("CONOUT$", false)]
    [InlineData("nul", false)]
    [InlineData("NUL .txt", false)]
    [InlineData("com\u00B9", false)]
    [InlineData("a\u0001", false)]
    [InlineData("a\u007F", false)]
    [InlineData("..", false)]
    [InlineData("", false)]
    public void A_name_is_servable(string segment, bool isServable) => Assert.Equal(isServable, FileNames.IsServable(segment));
}
