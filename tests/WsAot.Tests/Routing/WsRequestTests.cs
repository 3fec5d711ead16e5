using System.Text;
using WsAot.Routing;

namespace WsAot.Tests.Routing;

public class WsRequestTests
{
    [Theory]
    [InlineData("token", "Bearer token")]
    [InlineData("token", "bEARER   token")]
    [InlineData("a.b-c_d~e+f/g==", "Bearer a.b-c_d~e+f/g==")]
    [InlineData(null, "Bearer")]
    [InlineData(null, "Bearer two tokens")]
    [InlineData(null, "Bearertoken")]
    [InlineData(null, "Basic token")]
    public void A_bearer_token_is_that_of_its_scheme(string? token, string credentials) =>
        Assert.Equal(token, Request("Authorization: " + credentials).BearerToken);

    [Fact]
    public void Without_the_header_there_is_no_token() => Assert.Null(Request().BearerToken);

    [Theory]
    [InlineData("b", "a=b")]
    [InlineData("b", "x=a; a=b")]
    [InlineData("b", "x;a=b;a=c")]
    [InlineData("b=c", "a=b=c")]
    [InlineData("", "a=")]
    [InlineData("\"%20\"", "a=\"%20\"")]
    [InlineData(null, "A=b")]
    [InlineData(null, "aa=b; a")]
    [InlineData(null, "")]
    public void A_cookie_is_found_by_its_name(string? value, string cookies) =>
        Assert.Equal(value, Request("cookie: " + cookies).GetCookie("a"));

    [Fact]
    public void Cookies_may_come_in_several_headers() => Assert.Equal("2", Request("Cookie: a=1", "X: b=3", "Cookie: b=2").GetCookie("b"));

    private static WsRequest Request(params string[] headers) =>
        new(
            Encoding.UTF8.GetBytes("GET / HTTP/1.1\r\n" + string.Concat(headers.Select(static header => header + "\r\n")) + "\r\n"),
            new RequestPath(),
            default);
}
