namespace WsAot.Generators.Model;

/// <summary>How an event method returns. A method for <see cref="WsEvent.Upgrade"/> returns its answer in one of the same ways.</summary>
internal enum ReturnKind
{
    Synchronous,
    Task,
    ValueTask,

    /// <summary>Any of these, with an answer that passes a value on to the constructor.</summary>
    UpgradeWithValue,
}
