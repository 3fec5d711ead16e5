namespace WsAot.Limits;

/// <summary>What an <see cref="AddressTable"/> knows of one address.</summary>
internal struct AddressEntry
{
    public ulong Address;

    /// <summary>Its open connections.</summary>
    public int Connections;

    /// <summary>The entry behind it in its chain; -1: none.</summary>
    public int Next;

    /// <summary>Its upgrades.</summary>
    public TokenBucket Upgrades;
}
