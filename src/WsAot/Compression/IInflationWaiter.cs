namespace WsAot.Compression;

/// <summary>A connection with a large message to inflate. Used on its loop.</summary>
internal interface IInflationWaiter
{
    /// <summary>Whether it still waits.</summary>
    bool IsWaitingToInflate { get; }

    /// <summary>It is this one's turn.</summary>
    void OnMayInflate();
}
