namespace WsAot.Server;

/// <summary>A listening socket that this process inherits from another one.</summary>
/// <param name="address">
/// The address as in the options (<c>ws://127.0.0.1:0</c>, or <c>http://</c> for the admin listener), or as the socket is bound
/// (<c>127.0.0.1:8080</c>).
/// </param>
/// <param name="socket">The descriptor.</param>
internal sealed class InheritedListener(string address, int socket)
{
    public string Address => address;

    public int Socket => socket;
}
