namespace WsAot.Generators.Model;

/// <summary>The events of a connection, in the order in which they occur.</summary>
internal enum WsEvent
{
    Upgrade,
    Open,
    Text,
    Binary,
    Pong,
    Drained,
    Close,
}
