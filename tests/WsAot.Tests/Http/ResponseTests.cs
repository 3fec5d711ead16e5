using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WsAot.Tests.Http;

public sealed class ResponseTests
{
    private static JsonTypeInfo<int[]> Numbers => (JsonTypeInfo<int[]>)JsonSerializerOptions.Default.GetTypeInfo(typeof(int[]));

    [Fact]
    public void The_factories_set_type_status_and_body()
    {
        Check(WsResponse.Text("é"), 200, "text/plain; charset=utf-8", "é");
        Check(WsResponse.Html("<p>", 404), 404, "text/html; charset=utf-8", "<p>");
        Check(WsResponse.Json("{}", 201), 201, "application/json", "{}");
        Check(WsResponse.Json("[]"u8.ToArray()), 200, "application/json", "[]");
        Check(WsResponse.Json([1, 2], Numbers, 203), 203, "application/json", "[1,2]");
        Check(WsResponse.Bytes("x"u8.ToArray(), "image/png"), 200, "image/png", "x");
        Check(WsResponse.NoContent(), 204, null, "");
        Check(WsResponse.Status(503), 503, null, "");
        WsResponse redirect = WsResponse.Redirect("/a?b", 303).WithHeader("Set-Cookie", "a=b").WithHeader("Set-Cookie", "c=d");
        Check(redirect, 303, null, "");
        Assert.Equal(
            [new("Location", "/a?b"), new("Set-Cookie", "a=b"), new KeyValuePair<string, string>("Set-Cookie", "c=d")], redirect.Headers);
    }

    [Theory]
    [InlineData("X", "a\r\nY: b")]
    [InlineData("X", "a\nb")]
    [InlineData("X", "é")]
    [InlineData("X Y", "a")]
    [InlineData("X\r\nY", "a")]
    [InlineData("X:", "a")]
    [InlineData("", "a")]
    [InlineData("Content-Length", "1")]
    [InlineData("content-length", "1")]
    [InlineData("Transfer-Encoding", "chunked")]
    [InlineData("Connection", "close")]
    [InlineData("Content-Type", "a/b")]
    [InlineData("Date", "now")]
    [InlineData("Upgrade", "websocket")]
    public void A_header_that_could_break_the_response_is_refused(string name, string value) =>
        Assert.Throws<ArgumentException>(() => WsResponse.NoContent().WithHeader(name, value));

    [Fact]
    public void What_cannot_be_sent_is_refused()
    {
        Assert.Throws<ArgumentException>(static () => WsResponse.Redirect("/a\r\nX: y"));
        Assert.Throws<ArgumentException>(static () => WsResponse.Redirect(""));
        Assert.Throws<ArgumentException>(static () => WsResponse.Redirect("/é"));
        Assert.Throws<ArgumentOutOfRangeException>(static () => WsResponse.Redirect("/a", 304));
        Assert.Throws<ArgumentException>(static () => WsResponse.Bytes(default, "a/b\r\nX: y"));
        Assert.Throws<ArgumentException>(static () => WsResponse.Bytes(default, ""));
        foreach (int statusCode in (int[])[100, 101, 199, 204, 304, 600])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => WsResponse.Text("", statusCode));
        }

        Assert.Throws<ArgumentOutOfRangeException>(static () => WsResponse.Status(101));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new WsHttpOptions { MaxBodyBytes = -1 });
        Assert.Throws<ArgumentException>(static () => new WsFileOptions { CacheControl = "a\r\nb" });
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "a%20b+c")]
    [InlineData("Application/X-WWW-Form-Urlencoded; charset=utf-8", "a%20b+c")]
    [InlineData("text/plain", null)]
    public void A_form_has_values(string type, string? expected)
    {
        using var site = new Site(static builder => builder.MapPost(
            "/form", static request => WsResponse.Text($"{request.GetFormValue("text")}|{request.GetFormValue("none")}")));
        string? decoded = expected is null ? null : "a b c";
        Assert.Equal($"{decoded}|", site.Ask(Site.Post("/form", "x=y&te%78t=a%20b+c&text=2", "Content-Type: " + type)).Body);
    }

    private static void Check(WsResponse response, int statusCode, string? contentType, string body) => Assert.Equal(
        (statusCode, contentType, body), (response.StatusCode, response.ContentType, Encoding.UTF8.GetString(response.Body.Span)));
}
