namespace WsAot;

/// <summary>
/// A position in the messages of a topic with history. Messages are numbered from 1 within an epoch. A topic that has lost its messages,
/// because the process was restarted or the topic was unused for long, begins a new epoch.
/// </summary>
/// <param name="Epoch">The epoch; 0: none.</param>
/// <param name="Offset">The number of the last message; 0: none yet.</param>
public readonly record struct WsTopicPosition(long Epoch, long Offset)
{
    /// <summary>Before all stored messages: a subscriber from here gets all of them.</summary>
    public static WsTopicPosition Oldest => default;

    /// <summary>After all stored messages: a subscriber from here gets new messages only.</summary>
    public static WsTopicPosition Latest => new(0, long.MaxValue);
}
