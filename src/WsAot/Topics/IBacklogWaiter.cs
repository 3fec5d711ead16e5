namespace WsAot.Topics;

/// <summary>Something that waits until less is to be delivered.</summary>
internal interface IBacklogWaiter
{
    /// <summary>Less waits than the mark. Called once for each <see cref="DeliveryBacklog.Wait"/>, on any thread.</summary>
    void OnBacklogLow();
}
