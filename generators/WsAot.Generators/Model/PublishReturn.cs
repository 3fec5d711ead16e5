namespace WsAot.Generators.Model;

/// <summary>What a message of a topic returns to its publisher. For clients it is a notification in any case.</summary>
internal enum PublishReturn
{
    /// <summary>Nothing, or the method is not a message of a topic.</summary>
    None,

    /// <summary>A task that ends when the message is kept.</summary>
    Kept,

    /// <summary>A task with the position of the message.</summary>
    Position,
}
