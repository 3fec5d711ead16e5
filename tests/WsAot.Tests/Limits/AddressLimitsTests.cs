using System.Net;
using WsAot.Limits;
using WsAot.Transport;

namespace WsAot.Tests.Limits;

/// <summary>The tables of addresses, without a server.</summary>
public sealed class AddressLimitsTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::1", "::2", true)]
    [InlineData("::1", "0.0.0.0", false)]
    [InlineData("0.0.0.0", "::", false)]
    public void An_address_is_one_of_IPv4_or_a_network_of_64_bits(string one, string other, bool same)
    {
        ulong key = KeyOf(one);
        Assert.NotEqual(AddressKey.None, key);
        Assert.Equal(same, key == KeyOf(other));
    }

    [Fact]
    public void A_mapped_address_that_came_as_bytes_is_one_of_IPv4_too()
    {
        byte[] mapped = IPAddress.Parse("::ffff:192.0.2.1").GetAddressBytes();
        Assert.Equal(KeyOf("192.0.2.1"), AddressKey.Of(new PeerAddress(mapped, 1)));
    }

    [Fact]
    public void A_peer_without_an_address_is_not_limited() => Assert.Equal(AddressKey.None, AddressKey.Of(default));

    [Fact]
    public void A_hundred_thousand_addresses_are_counted_exactly_in_bounded_memory_and_forgotten()
    {
        const int Count = 100_000;
        var limits = new AddressLimits();
        var rate = new Rate(1, 3);
        for (int round = 0; round < 3; round++)
        {
            for (uint i = 0; i < Count; i++) Assert.Equal(AddressVerdict.Allowed, Enter(limits, i, rate, 2));
            // The third upgrade is one too many of the connections; the fourth of the rate.
            if (round == 1) break;
        }

        for (uint i = 0; i < Count; i++) Assert.Equal(AddressVerdict.TooMany, Enter(limits, i, rate, 2));
        for (uint i = 0; i < Count; i++) Assert.Equal(AddressVerdict.TooOften, Enter(limits, i, rate, 2));
        Assert.Equal(Count, limits.Count);
        Assert.InRange(limits.Bytes, Count * 44L, 12L << 20);
        for (uint i = 0; i < Count; i++) limits.Leave(Key(i), rate, 1000);
        for (uint i = 0; i < Count; i++) Assert.Equal(AddressVerdict.Allowed, Enter(limits, i, rate, 2, 1000));
        // One of each is left, and another has come.
        for (uint i = 0; i < Count; i++) Assert.Equal(AddressVerdict.TooMany, Enter(limits, i, rate, 2, 2000));
        for (uint i = 0; i < 2 * Count; i++) limits.Leave(Key(i % Count), rate, 1_000_000);
        Assert.Equal(0, limits.Count);
        Assert.InRange(limits.Bytes, 0, 16 * 1024);
    }

    [Fact]
    public void An_attacker_with_a_million_networks_takes_no_more_memory_than_the_bound()
    {
        var limits = new AddressLimits();
        var rate = new Rate(1, 1);
        // An address that has used up its rate, and one with a connection.
        Assert.Equal(AddressVerdict.Allowed, Enter(limits, 1, rate, 1));
        long most = 0;
        for (uint i = 0; i < 1_000_000; i++)
        {
            limits.TryEnter(Network(i), rate, 0, nowMs: 1, out _);
            if (i % 10_000 == 0) most = Math.Max(most, limits.Bytes);
        }

        Assert.InRange(limits.Count, AddressLimits.MaxWaiting - 1024, AddressLimits.MaxWaiting + 1);
        Assert.InRange(most, 1, 12L << 20);
        // What has a connection is never forgotten.
        Assert.Equal(AddressVerdict.TooMany, Enter(limits, 1, rate, 1, 10_000));
        // When they rest, what they have left goes as others come.
        for (uint i = 0; i < 200_000; i++) limits.TryEnter(Network(5_000_000 + (i % 100)), rate, 0, nowMs: 100_000 + i, out _);
        for (uint i = 0; i < 200_000; i++) limits.TryEnter(Network(6_000_000 + i), rate, 0, nowMs: 1_000_000 + (i * 2000L), out _);
        Assert.InRange(limits.Count, 1, 1000);
    }

    [Fact]
    public void Where_room_must_be_made_an_address_that_has_used_up_its_rate_stays_before_one_that_has_not()
    {
        var table = new AddressTable(seed: 12345, maxWaiting: 64);
        var rate = new Rate(1, 10);
        for (int i = 0; i < 10; i++) Assert.True(table.GetOrAdd(7, rate, 0).Upgrades.TryTake(rate, 0));
        for (uint i = 0; i < 10_000; i++) Assert.True(table.GetOrAdd(Network(i), rate, 0).Upgrades.TryTake(rate, 0));
        Assert.Equal(64, table.Count);
        Assert.False(table.GetOrAdd(7, rate, 0).Upgrades.TryTake(rate, 0));
    }

    [Fact]
    public void The_table_does_what_a_dictionary_does()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var table = new AddressTable((ulong)random.NextInt64(), maxWaiting: 1000);
            var expected = new Dictionary<ulong, int>();
            for (int i = 0; i < 2000; i++)
            {
                ulong key = Network((uint)random.Next(1 + (seed * 10)));
                if (expected.TryGetValue(key, out int count) && random.Next(2) == 0)
                {
                    table.OnClosed(key, default, i);
                    if (count == 1) expected.Remove(key);
                    else expected[key] = count - 1;
                }
                else
                {
                    ref AddressEntry entry = ref table.GetOrAdd(key, default, i);
                    Assert.Equal(count, entry.Connections);
                    table.OnOpened(ref entry);
                    expected[key] = count + 1;
                }

                Assert.Equal(expected.Count, table.Count);
            }

            foreach ((ulong key, int count) in expected) Assert.Equal(count, table.GetOrAdd(key, default, 0).Connections);
        }
    }

    [Fact]
    public void Loops_count_together()
    {
        var limits = new AddressLimits();
        int allowed = 0;
        Parallel.For(0, 8, loop =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                AddressVerdict verdict = limits.TryEnter(Key((uint)i % 10), default, 100, 0, out _);
                if (verdict == AddressVerdict.Allowed) Interlocked.Increment(ref allowed);
            }
        });
        Assert.Equal(1000, allowed);
        Parallel.For(0, 1000, i => limits.Leave(Key((uint)i % 10), default, 0));
        Assert.Equal(0, limits.Count);
    }

    private static AddressVerdict Enter(AddressLimits limits, uint number, Rate rate, int max, long nowMs = 0) =>
        limits.TryEnter(Key(number), rate, max, nowMs, out _);

    private static ulong KeyOf(string address) => AddressKey.Of(new PeerAddress(new IPEndPoint(IPAddress.Parse(address), 1)));

    private static ulong Key(uint number) => 0x0000_FFFF_0000_0000UL | (0x0A00_0000u + number);

    private static ulong Network(uint number) => 0x2001_0DB8_0000_0000UL | number;
}
