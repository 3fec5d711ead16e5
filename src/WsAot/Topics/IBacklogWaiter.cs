namespace WsAot.Topics;

/// <summary>Waits until the delivery backlog is below the high mark.</summary>
internal interface IBacklogWaiter
{
    /// <summary>The backlog is below the high mark. Called once for each <see cref="DeliveryBacklog.Wait"/>, on any thread.</summary>
    void OnBacklogLow();
}
