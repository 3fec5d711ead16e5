using WsAot.Protocol.Handshake;

namespace WsAot.Protocol.Tests.Handshake;

public sealed class HandshakeErrorsTests
{
    [Theory]
    [InlineData(HandshakeError.MalformedRequestLine, 400)]
    [InlineData(HandshakeError.MethodNotAllowed, 405)]
    [InlineData(HandshakeError.NotAnUpgrade, 426)]
    [InlineData(HandshakeError.UnsupportedVersion, 426)]
    [InlineData(HandshakeError.HeadTooLarge, 431)]
    [InlineData(HandshakeError.TooManyHeaders, 431)]
    [InlineData(HandshakeError.UnknownTransferEncoding, 501)]
    [InlineData(HandshakeError.UnsupportedHttpVersion, 505)]
    public void Each_error_has_its_status(HandshakeError error, int status) =>
        Assert.Equal(status, HandshakeErrors.Describe(error).StatusCode);

    [Fact]
    public void Every_error_is_described_by_a_text_of_its_own()
    {
        HandshakeErrorInfo[] all = [.. Enum.GetValues<HandshakeError>().Select(HandshakeErrors.Describe)];
        Assert.Equal(all.Length, all.Select(static info => info.Text).Distinct().Count());
        Assert.All(all.Skip(1), static info => Assert.InRange(info.StatusCode, 400, 599));
        Assert.All(all, static info => Assert.StartsWith("RFC ", info.Section, StringComparison.Ordinal));
        Assert.DoesNotContain(HandshakeErrors.Describe((HandshakeError)255), all);
    }
}
