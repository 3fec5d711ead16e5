namespace WsAot.Loops;

/// <summary>
/// A connection that publishes in its turn, and is slowed down if it publishes faster than other loops deliver. Used on its loop.
/// </summary>
internal interface IPublisher
{
    /// <summary>The connection has published while the delivery backlog is high.</summary>
    void OnBacklogHigh();

    /// <summary>The delivery backlog is low again.</summary>
    void OnBacklogLow();
}
