namespace WsAot.Transport;

/// <summary>How a server moves its bytes.</summary>
public enum TransportKind
{
    /// <summary>Epoll on Linux, System.Net.Sockets elsewhere.</summary>
    Auto,

    /// <summary>Epoll: Linux only.</summary>
    Epoll,

    /// <summary>System.Net.Sockets: every platform, unless the feature switch <c>WsAot.Transport.Sockets</c> has removed it.</summary>
    Sockets,
}
