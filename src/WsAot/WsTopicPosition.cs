namespace WsAot;

/// <summary>
/// A place in the messages of a topic with history. Messages are numbered from 1 within an epoch. A topic that has lost its messages, since
/// the process was started again or nobody has used it for long, begins a new epoch.
/// </summary>
/// <param name="Epoch">The epoch; 0: none.</param>
/// <param name="Offset">The number of the last message; 0: none yet.</param>
public readonly record struct WsTopicPosition(long Epoch, long Offset)
{
    /// <summary>Before all that is kept: who subscribes from there gets all of it.</summary>
    public static WsTopicPosition Oldest => default;

    /// <summary>Behind all that is kept: who subscribes from there gets new messages only.</summary>
    public static WsTopicPosition Latest => new(0, long.MaxValue);
}
