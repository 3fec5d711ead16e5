namespace WsAot.Compression;

/// <summary>A connection with a large message to inflate. Used on its loop.</summary>
internal interface IInflationWaiter
{
    /// <summary>Whether it is still waiting.</summary>
    bool IsWaitingToInflate { get; }

    /// <summary>Its turn to inflate has come.</summary>
    void OnMayInflate();
}
