namespace WsAot.Limits;

/// <summary>The limits that all connections of a server share: by address, by user, of upgrades, of memory. Any thread.</summary>
/// <remarks>
/// The options are read at each use, because they can change while connections are open that were counted under the old ones.
/// </remarks>
internal sealed class ServerLimits(MemoryPressure memory, Func<long> readMemoryLimit)
{
    // Created when first needed: most servers have neither.
    private AddressLimits? _addresses;
    private UserLimits? _users;
    private long _containerBytes = -1;

    public MemoryPressure Memory { get; } = memory;

    public UpgradeGate Upgrades { get; } = new();

    public AddressLimits Addresses => LazyInitializer.EnsureInitialized(ref _addresses, static () => new AddressLimits());

    public UserLimits Users => LazyInitializer.EnsureInitialized(ref _users, static () => new UserLimits());

    /// <summary>The memory that the process may use; 0 for no limit.</summary>
    public long MemoryLimit(WsServerOptions options)
    {
        if (options.MaxMemoryBytes != 0) return Math.Max(0, options.MaxMemoryBytes);
        if (_containerBytes < 0) Volatile.Write(ref _containerBytes, readMemoryLimit());
        return Volatile.Read(ref _containerBytes);
    }

    public static Rate UpgradesOf(WsServerOptions options) => new(options.MaxUpgradesPerSecond, options.MaxUpgradeBurst);

    public static Rate AddressUpgradesOf(WsServerOptions options) =>
        new(options.MaxUpgradesPerSecondPerAddress, options.MaxUpgradeBurstPerAddress);
}
