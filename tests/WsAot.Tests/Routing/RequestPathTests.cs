using System.Text;
using WsAot.Routing;

namespace WsAot.Tests.Routing;

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
        // Parsed after another, as on a loop.
        var request = new RequestPath();
        Assert.True(request.TryParse("/one/that/was/longer/by/far"u8));
        Assert.True(request.TryParse(Encoding.UTF8.GetBytes(path)));
        WsPath parsed = request.AsWsPath();
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
        Assert.False(new RequestPath().TryParse(Encoding.UTF8.GetBytes(path)));

    [Theory]
    [InlineData("/", "/", true)]
    [InlineData("/a/b", "/a/b", true)]
    [InlineData("/%61/b", "/a/b", true)]
    [InlineData("/a/b/", "/a/b", false)]
    [InlineData("/a/b", "/a/b/", false)]
    [InlineData("/a/b", "/a/c", false)]
    [InlineData("/ab/c", "/a/bc", false)]
    [InlineData("/a%2Fb", "/a/b", true)]
    [InlineData("/caf%C3%A9", "/caf\u00E9", true)]
    public void A_path_is_written_with_slashes_and_a_copy_stays(string one, string written, bool isWritten)
    {
        var path = new RequestPath();
        Assert.True(path.TryParse(Encoding.UTF8.GetBytes(one)));
        RequestPath copy = path.Copy();
        Assert.True(path.TryParse("/another/path"u8));
        Assert.Equal(isWritten, copy.IsWrittenAs(Encoding.UTF8.GetBytes(written)));
        Assert.Equal(isWritten, Encoding.UTF8.GetString(copy.ToUtf8()) == written);
        Assert.True(copy.IsWrittenAs(copy.ToUtf8()));
    }
}
