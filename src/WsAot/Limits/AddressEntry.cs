namespace WsAot.Limits;

/// <summary>The counts of one address in an <see cref="AddressTable"/>.</summary>
internal struct AddressEntry
{
    public ulong Address;

    /// <summary>The open connections.</summary>
    public int Connections;

    /// <summary>The next entry in its chain; -1 if there is none.</summary>
    public int Next;

    /// <summary>The tokens for upgrades.</summary>
    public TokenBucket Upgrades;
}
