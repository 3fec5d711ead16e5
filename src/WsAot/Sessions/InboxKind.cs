namespace WsAot.Sessions;

/// <summary>What a waiting record is.</summary>
internal enum InboxKind : byte
{
    Text,
    Binary,
    Pong,
}
