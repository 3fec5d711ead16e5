using System.Text;
using WsAot.Protocol.Closing;

namespace WsAot.Protocol.Tests;

public sealed class ProtocolErrorsTests
{
    [Theory]
    [InlineData(ProtocolError.UnmaskedFrame, 1002, "5.1")]
    [InlineData(ProtocolError.InvalidUtf8, 1007, "8.1")]
    [InlineData(ProtocolError.InvalidCloseReason, 1007, "5.5.1")]
    [InlineData(ProtocolError.MessageTooBig, 1009, "10.4")]
    [InlineData(ProtocolError.TooManyFragments, 1008, "10.4")]
    [InlineData(ProtocolError.InvalidCloseCode, 1002, "7.4")]
    public void Each_error_has_its_close_code_and_section(ProtocolError error, int code, string section)
    {
        ProtocolErrorInfo info = ProtocolErrors.Describe(error);
        Assert.Equal(code, info.CloseCode);
        Assert.Equal(section, info.Section);
    }

    [Fact]
    public void Every_error_is_described_by_a_text_of_its_own_that_fits_a_close_frame()
    {
        ProtocolErrorInfo[] all = [.. Enum.GetValues<ProtocolError>().Select(ProtocolErrors.Describe)];
        Assert.Equal(all.Length, all.Select(static info => info.Text).Distinct().Count());
        Assert.All(all, static info =>
        {
            Assert.True(CloseCode.MayBeSent(info.CloseCode));
            Assert.True(Ascii.IsValid(info.Text));
            Assert.InRange(info.Text.Length, 1, ClosePayload.MaxReasonBytes);
        });
        Assert.All(Enum.GetValues<ProtocolError>().Skip(1), static error =>
            Assert.Contains((int)ProtocolErrors.Describe(error).CloseCode, new[] { 1002, 1007, 1008, 1009 }));
    }

    [Fact]
    public void An_unknown_value_is_an_internal_error() =>
        Assert.Equal(CloseCode.InternalError, ProtocolErrors.Describe((ProtocolError)255).CloseCode);
}
