namespace WsAot.Generators.Model;

/// <summary>What an event method gives back; for <see cref="WsEvent.Upgrade"/>, each carries the answer.</summary>
internal enum ReturnKind
{
    Synchronous,
    Task,
    ValueTask,

    /// <summary>One of these, and the answer hands something over to the constructor.</summary>
    UpgradeWithValue,
}
