namespace WsAot.Limits;

/// <summary>Whether an address may have one more connection.</summary>
internal enum AddressVerdict : byte
{
    Allowed,

    /// <summary>The address connects too often.</summary>
    TooOften,

    /// <summary>The address has as many connections as it may have.</summary>
    TooMany,
}
