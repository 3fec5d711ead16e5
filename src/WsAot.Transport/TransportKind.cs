namespace WsAot.Transport;

/// <summary>The ways of moving bytes.</summary>
public enum TransportKind
{
    /// <summary>Epoll where there is one, else System.Net.Sockets.</summary>
    Auto,

    /// <summary>Epoll: Linux only.</summary>
    Epoll,

    /// <summary>System.Net.Sockets: every platform, unless the feature switch <c>WsAot.Transport.Sockets</c> has removed it.</summary>
    Sockets,
}
