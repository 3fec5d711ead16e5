namespace WsAot.Server;

/// <summary>Hears how a server stops, to tell others.</summary>
internal abstract class StopObserver
{
    /// <summary>The stop has begun: the server is not ready any more.</summary>
    /// <param name="isHandedOver">Whether another process has taken over.</param>
    public abstract void OnStopping(bool isHandedOver);

    /// <summary>Connections are being closed. Now and then.</summary>
    /// <param name="left">The connections that are open.</param>
    /// <param name="count">Those that there were.</param>
    public abstract void OnProgress(int left, int count);
}
