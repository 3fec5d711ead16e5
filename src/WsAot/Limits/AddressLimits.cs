using System.Runtime.InteropServices;

namespace WsAot.Limits;

/// <summary>
/// Counts connections and upgrades by address. Any thread: the addresses are spread over several tables, each with its own lock, so loops
/// seldom wait for each other. A server without these limits never uses this.
/// </summary>
internal sealed class AddressLimits
{
    /// <summary>How many addresses without connections are remembered: 4 MiB, and as much again while the tables grow.</summary>
    public const int MaxWaiting = 128 * 1024;

    private const int ShardBits = 4;

    private readonly ulong _seed = NewSeed();
    private readonly Shard[] _shards = new Shard[1 << ShardBits];

    public AddressLimits(int maxWaiting = MaxWaiting)
    {
        for (int i = 0; i < _shards.Length; i++) _shards[i] = new Shard(maxWaiting >> ShardBits);
    }

    /// <summary>The number of known addresses.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (Shard shard in _shards)
            {
                lock (shard.Lock) count += shard.Table.Count;
            }

            return count;
        }
    }

    /// <summary>The memory of all tables.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (Shard shard in _shards)
            {
                lock (shard.Lock) bytes += shard.Table.Bytes;
            }

            return bytes;
        }
    }

    /// <summary>Requests one more connection.</summary>
    /// <param name="address">The client's address: <see cref="AddressKey"/>.</param>
    /// <param name="rate">How often the address may connect.</param>
    /// <param name="maxConnections">How many connections it may have; 0 for any number, which counts none.</param>
    /// <param name="nowMs">The time.</param>
    /// <param name="waitMs">If it connects too often: when it may try again.</param>
    /// <returns>The verdict. If it is positive and connections are counted, <see cref="Leave"/> must follow.</returns>
    public AddressVerdict TryEnter(ulong address, Rate rate, int maxConnections, long nowMs, out long waitMs)
    {
        waitMs = 0;
        Shard shard = ShardOf(address);
        lock (shard.Lock)
        {
            ref AddressEntry entry = ref shard.Table.GetOrAdd(address, rate, nowMs);
            if (rate.IsLimited && !entry.Upgrades.TryTake(rate, nowMs))
            {
                waitMs = entry.Upgrades.MsUntilToken(rate);
                return AddressVerdict.TooOften;
            }

            if (maxConnections == 0) return AddressVerdict.Allowed;
            if (entry.Connections >= maxConnections) return AddressVerdict.TooMany;
            shard.Table.OnOpened(ref entry);
            return AddressVerdict.Allowed;
        }
    }

    /// <summary>A counted connection has ended.</summary>
    public void Leave(ulong address, Rate rate, long nowMs)
    {
        Shard shard = ShardOf(address);
        lock (shard.Lock) shard.Table.OnClosed(address, rate, nowMs);
    }

    private Shard ShardOf(ulong address) => _shards[(int)((address * (_seed | 1)) >> (64 - ShardBits))];

    // The system's random numbers, without the code that the cryptography classes would add to the file.
    private static ulong NewSeed()
    {
        Guid random = Guid.NewGuid();
        return MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in random)));
    }

    private sealed class Shard(int maxWaiting)
    {
        public Lock Lock { get; } = new();

        // Each table has a seed of its own, because the addresses of one shard share the upper bits of the other product.
        public AddressTable Table { get; } = new(NewSeed(), maxWaiting);
    }
}
