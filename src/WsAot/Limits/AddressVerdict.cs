namespace WsAot.Limits;

/// <summary>Whether an address may have one more connection.</summary>
internal enum AddressVerdict : byte
{
    Allowed,

    /// <summary>It asks too often.</summary>
    TooOften,

    /// <summary>It has as many connections as it may.</summary>
    TooMany,
}
