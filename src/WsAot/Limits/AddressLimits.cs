using System.Runtime.InteropServices;

namespace WsAot.Limits;

/// <summary>
/// Counts connections and upgrades by address. Any thread: the addresses are spread over tables with a lock each, so that loops seldom wait
/// for each other. A server without these limits never comes here.
/// </summary>
internal sealed class AddressLimits
{
    /// <summary>The addresses without connections that are remembered: 4 MiB, and as much again while the tables grow.</summary>
    public const int MaxWaiting = 128 * 1024;

    private const int ShardBits = 4;

    private readonly ulong _seed = NewSeed();
    private readonly Shard[] _shards = new Shard[1 << ShardBits];

    public AddressLimits(int maxWaiting = MaxWaiting)
    {
        for (int i = 0; i < _shards.Length; i++) _shards[i] = new Shard(maxWaiting >> ShardBits);
    }

    /// <summary>The addresses that are known now.</summary>
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

    /// <summary>Asks for one more connection.</summary>
    /// <param name="address">Who asks: <see cref="AddressKey"/>.</param>
    /// <param name="rate">How often it may.</param>
    /// <param name="maxConnections">How many it may have; 0: any number, and none is counted.</param>
    /// <param name="nowMs">The time.</param>
    /// <param name="waitMs">If it asks too often: when it may ask again.</param>
    /// <returns>If it is allowed and connections are counted, <see cref="Leave"/> must follow.</returns>
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

    /// <summary>A connection that was counted has ended.</summary>
    public void Leave(ulong address, Rate rate, long nowMs)
    {
        Shard shard = ShardOf(address);
        lock (shard.Lock) shard.Table.OnClosed(address, rate, nowMs);
    }

    private Shard ShardOf(ulong address) => _shards[(int)((address * (_seed | 1)) >> (64 - ShardBits))];

    // The system's random numbers, without what the classes for cryptography bring into the file.
    private static ulong NewSeed()
    {
        Guid random = Guid.NewGuid();
        return MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in random)));
    }

    private sealed class Shard(int maxWaiting)
    {
        public Lock Lock { get; } = new();

        // A seed of its own: addresses of one shard have the upper bits of the other product in common.
        public AddressTable Table { get; } = new(NewSeed(), maxWaiting);
    }
}
