using System.Numerics;
using WsAot.Limits;

namespace WsAot.Tests.Limits;

public sealed class TokenBucketTests
{
    private static readonly Rate s_three = new(3, 5);

    [Fact]
    public void A_burst_passes_at_once_and_the_next_when_its_token_is_back_to_the_millisecond()
    {
        var bucket = new TokenBucket(s_three, 1000);
        for (int i = 0; i < 5; i++) Assert.True(bucket.TryTake(s_three, 1000));
        Assert.False(bucket.TryTake(s_three, 1000));
        Assert.Equal(334, bucket.MsUntilToken(s_three));
        Assert.False(bucket.TryTake(s_three, 1333));
        Assert.Equal(1, bucket.MsUntilToken(s_three));
        Assert.True(bucket.TryTake(s_three, 1334));
        // Of the 2 parts in a thousand that were left then, nothing is lost: three come in each second, for ever.
        Assert.False(bucket.TryTake(s_three, 1666));
        Assert.True(bucket.TryTake(s_three, 1667));
        Assert.True(bucket.TryTake(s_three, 2000));
        Assert.False(bucket.TryTake(s_three, 2333));
    }

    [Fact]
    public void What_is_saved_up_is_a_burst_however_long_it_rests()
    {
        var bucket = new TokenBucket(s_three, 0);
        Assert.True(bucket.IsFull(s_three));
        bucket.Take(5);
        Assert.False(bucket.IsFull(s_three));
        bucket.Refill(s_three, 1666);
        Assert.False(bucket.IsFull(s_three));
        bucket.Refill(s_three, 1667);
        Assert.True(bucket.IsFull(s_three));
        bucket.Refill(s_three, 1_000_000);
        Assert.Equal(5, bucket.Tokens);
    }

    [Fact]
    public void A_debt_is_paid_before_anything_passes()
    {
        var rate = new Rate(1000, 100);
        var bucket = new TokenBucket(rate, 0);
        bucket.Take(1 << 30);
        Assert.Equal(100 - (1 << 30), bucket.Tokens);
        long waitMs = bucket.MsUntilToken(rate);
        Assert.Equal((1 << 30) - 99, waitMs);
        bucket.Refill(rate, waitMs - 1);
        Assert.False(bucket.HasToken);
        bucket.Refill(rate, waitMs);
        Assert.True(bucket.HasToken);
        Assert.Equal(1, bucket.Tokens);
    }

    [Theory]
    [InlineData(long.MaxValue / 2)]
    [InlineData(1L << 40)]
    public void A_clock_that_jumps_ahead_fills_it_and_no_more(long nowMs)
    {
        var rate = new Rate(int.MaxValue - 1, 0);
        var bucket = new TokenBucket(rate, 0);
        bucket.Take(int.MaxValue);
        Assert.False(bucket.HasToken);
        bucket.Refill(rate, nowMs);
        Assert.Equal(rate.Capacity, bucket.Tokens);
    }

    [Fact]
    public void Loops_whose_clocks_differ_a_little_get_no_more_than_one_clock_would_give()
    {
        var bucket = new TokenBucket(s_three, 0);
        bucket.Take(5);
        int passed = 0;
        for (int ms = 0; ms <= 10_000; ms++)
        {
            if (bucket.TryTake(s_three, ms)) passed++;
            if (bucket.TryTake(s_three, ms - 20)) passed++;
        }

        Assert.Equal(30, passed);
    }

    [Fact]
    public void A_clock_that_was_set_back_holds_nobody_up_for_as_long()
    {
        const long Hour = 3_600_000;
        var bucket = new TokenBucket(s_three, Hour);
        bucket.Take(5);
        Assert.False(bucket.TryTake(s_three, 0));
        Assert.False(bucket.TryTake(s_three, 333));
        Assert.True(bucket.TryTake(s_three, 334));
    }

    [Fact]
    public void It_does_what_a_naive_one_does_in_fractions()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var rate = new Rate(1 + random.Next(seed % 2 == 0 ? 20 : 1_000_000), random.Next(100));
            var bucket = new TokenBucket(rate, 0);
            // In thousandths, as numbers without a bound.
            BigInteger naive = new BigInteger(rate.Capacity) * 1000;
            long nowMs = 0;
            for (int i = 0; i < 300; i++)
            {
                int elapsedMs = random.Next(300);
                nowMs += elapsedMs;
                naive = BigInteger.Min(naive + (new BigInteger(elapsedMs) * rate.PerSecond), new BigInteger(rate.Capacity) * 1000);
                bucket.Refill(rate, nowMs);
                Assert.Equal(naive >= 1000, bucket.HasToken);
                if (!bucket.HasToken) continue;
                int cost = random.Next(2 * rate.Capacity);
                bucket.Take(cost);
                naive -= new BigInteger(cost) * 1000;
            }
        }
    }
}
