namespace WsAot.Generators.Model;

/// <summary>The events, in the order of a connection's life.</summary>
internal enum WsEvent
{
    Upgrade,
    Open,
    Text,
    Binary,
    Pong,
    Close,
}
