using WsAot.TestKit.Time;

namespace WsAot.Transport.Tests.Loops;

public sealed class WorkBudgetTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void It_is_spent_when_its_units_are_and_stays_so()
    {
        var clock = new WorkClock(_time);
        var budget = new WorkBudget(clock, 10_000);
        for (int i = 0; i < 100; i++)
        {
            Assert.False(budget.IsSpent(clock));
            budget.Charge(100);
        }

        Assert.True(budget.IsSpent(clock));
        Assert.True(budget.IsSpent(clock));
    }

    [Fact]
    public void Its_first_work_is_allowed_and_may_cost_more_than_all()
    {
        var clock = new WorkClock(_time);
        var budget = new WorkBudget(clock, 1);
        Assert.False(budget.IsSpent(clock));
        budget.Charge(1_000_000);
        Assert.True(budget.IsSpent(clock));
        budget.Charge(1_000_000);
        Assert.True(budget.IsSpent(clock));
    }

    [Fact]
    public void It_is_over_when_its_time_is()
    {
        var clock = new WorkClock(_time);
        var budget = new WorkBudget(clock, int.MaxValue);
        budget.Charge(4096);
        Assert.False(budget.IsSpent(clock));
        _time.Advance(2);
        // Nobody looks before the units of a step are charged.
        Assert.False(budget.IsSpent(clock));
        budget.Charge(4096);
        Assert.True(budget.IsSpent(clock));
        Assert.True(budget.IsSpent(clock));
    }

    [Fact]
    public void The_longer_work_takes_the_sooner_the_clock_is_looked_at()
    {
        var clock = new WorkClock(_time);
        Assert.Equal(4096, clock.UnseenUnits);
        var budget = new WorkBudget(clock, int.MaxValue);
        budget.Charge(4096);
        Assert.False(budget.IsSpent(clock));
        _time.Advance(1);
        budget.Charge(512);
        Assert.False(budget.IsSpent(clock));
        // A quarter of a millisecond of 512 units that took one.
        Assert.Equal(128, clock.UnseenUnits);
        _time.Advance(100);
        budget.Charge(128);
        Assert.True(budget.IsSpent(clock));
        Assert.Equal(64, clock.UnseenUnits);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(4, 2)]
    [InlineData(8, 1)]
    public void Portions_share_the_time_of_a_batch(int portions, int ms)
    {
        var clock = new WorkClock(_time);
        clock.Share(portions);
        Assert.Equal(ms, clock.PortionTicks);
    }
}
