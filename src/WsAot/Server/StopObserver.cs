namespace WsAot.Server;

/// <summary>Follows how a server stops, to tell others.</summary>
internal abstract class StopObserver
{
    /// <summary>The stop has begun: the server is no longer ready.</summary>
    /// <param name="isHandedOver">Whether another process has taken over.</param>
    public abstract void OnStopping(bool isHandedOver);

    /// <summary>Connections are being closed. Called now and then.</summary>
    /// <param name="left">The number of open connections.</param>
    /// <param name="count">The number of connections at the start.</param>
    public abstract void OnProgress(int left, int count);
}
