namespace WsAot.Generators.Describing;

/// <summary>Which way values of a type go, as the server sees it.</summary>
[Flags]
internal enum TypeUse
{
    None = 0,
    Received = 1,
    Sent = 2,
}
