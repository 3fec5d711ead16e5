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

/// <summary>What an event method gives back; for <see cref="WsEvent.Upgrade"/>, each carries the answer.</summary>
internal enum ReturnKind
{
    Synchronous,
    Task,
    ValueTask,

    /// <summary>One of these, and the answer hands something over to the constructor.</summary>
    UpgradeWithValue,
}

/// <summary>The method that is called for an event.</summary>
/// <param name="DeclaringType">The class that declares it: the handler or a base, as code names it.</param>
internal sealed record EventMethod(
    WsEvent Event,
    string DeclaringType,
    string Name,
    ReturnKind Returns,
    EquatableArray<Argument> Arguments);
