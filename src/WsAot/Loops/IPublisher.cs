namespace WsAot.Loops;

/// <summary>A connection whose turn it is, and that is held back when it publishes faster than other loops deliver. On its loop.</summary>
internal interface IPublisher
{
    /// <summary>It has published while too much waits to be delivered.</summary>
    void OnBacklogHigh();

    /// <summary>What was too much has been delivered.</summary>
    void OnBacklogLow();
}
