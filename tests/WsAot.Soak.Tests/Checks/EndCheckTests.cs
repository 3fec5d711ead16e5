using WsAot.Soak.Checks;

namespace WsAot.Soak.Tests.Checks;

public sealed class EndCheckTests
{
    [Theory]
    [InlineData(1001, true, true)]
    [InlineData(1000, true, false)]
    [InlineData(null, true, false)]
    [InlineData(1001, false, false)]
    [InlineData(null, false, false)]
    public void A_healthy_connection_ends_unasked_only_with_1001_of_a_server_that_stops(int? code, bool isStopping, bool isRight)
    {
        Faults faults = new();
        Assert.Equal(isRight, EndCheck.OnUnasked("client", code, isStopping, faults));
        Assert.Equal(isRight ? 0 : 1, faults.Count);
    }
}
