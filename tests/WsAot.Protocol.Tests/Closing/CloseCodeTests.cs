using WsAot.Protocol.Closing;

namespace WsAot.Protocol.Tests.Closing;

public sealed class CloseCodeTests
{
    [Fact]
    public void Section_7_4_every_code_is_judged_like_the_naive_twin()
    {
        int[] registered = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014];
        for (int code = -1; code <= 65536; code++)
        {
            bool expected = registered.Contains(code) || code / 1000 == 3 || code / 1000 == 4;
            Assert.Equal(expected, CloseCode.MayBeSent(code));
        }
    }
}
