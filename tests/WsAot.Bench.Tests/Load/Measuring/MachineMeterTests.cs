using WsAot.Bench.Load.Measuring;

namespace WsAot.Bench.Tests.Load.Measuring;

public sealed class MachineMeterTests
{
    [Fact]
    public void Busy_is_all_but_idling_and_waiting_for_disks_and_guests_count_once() =>
        Assert.Equal((1 + 2 + 3 + 6 + 7 + 8) * 10_000_000L, MachineMeter.BusyNsOf("cpu  1 2 3 400 500 6 7 8 9 10"));
}
