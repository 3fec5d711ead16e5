using WsAot.Bench.Servers;

namespace WsAot.Bench.Tests.Servers;

public sealed class CpuAffinityTests
{
    [Fact]
    public void The_kernel_says_which_cores_there_are()
    {
        Assert.Contains(Enumerable.Range(0, 1024), CpuAffinity.Has);
        // No machine that runs the tests has as many cores as the set has bits.
        Assert.False(CpuAffinity.Has(1023));
    }
}
