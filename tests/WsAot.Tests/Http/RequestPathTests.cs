using System.Text;
using WsAot.Http;
using WsAot.Routing;

namespace WsAot.Tests.Http;

public sealed class RequestPathTests
{
    [Theory]
    [InlineData("/", "")]
    [InlineData("/a", "a")]
    [InlineData("/a/", "a|")]
    [InlineData("//", "|")]
    [InlineData("/a/b/c", "a|b|c")]
    [InlineData("/caf%C3%A9", "café")]
    [InlineData("/%41%6a%6A", "Ajj")]
    [InlineData("/a%2Fb/c", "a/b|c")]
    [InlineData("/a+b", "a+b")]
    [InlineData("/%25", "%")]
    [InlineData("/...", "...")]
    [InlineData("/.a", ".a")]
    public void A_path_is_split_and_then_decoded(string path, string segments)
    {
        WsPath parsed = RequestPath.TryParse(Encoding.UTF8.GetBytes(path))!.AsWsPath();
        var found = new List<string>();
        for (int i = 0; i < parsed.Count; i++) found.Add(Encoding.UTF8.GetString(parsed[i]));
        Assert.Equal(segments, string.Join('|', found));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("*")]
    [InlineData("/%")]
    [InlineData("/%4")]
    [InlineData("/%4/1")]
    [InlineData("/%4g")]
    [InlineData("/%g4")]
    [InlineData("/%00")]
    [InlineData("/%FF")]
    [InlineData("/%C3/%A9")]
    [InlineData("/%ED%A0%80")]
    [InlineData("/.")]
    [InlineData("/a/../b")]
    [InlineData("/%2e%2E/b")]
    public void A_path_that_no_honest_client_sends_is_none(string path) =>
        Assert.Null(RequestPath.TryParse(Encoding.UTF8.GetBytes(path)));
}
