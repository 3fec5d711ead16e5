namespace WsAot.Generators.Describing;

/// <summary>The directions in which values of a type travel, seen from the server.</summary>
[Flags]
internal enum TypeUse
{
    None = 0,
    Received = 1,
    Sent = 2,
}
