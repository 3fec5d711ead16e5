using WsAot.Transport;

namespace WsAot.Server;

/// <summary>
/// Listening sockets that a process gets from another one, by their addresses: from the service manager, or from the process whose place it
/// takes.
/// </summary>
internal sealed class InheritedListeners
{
    private readonly List<(string Address, int Socket)> _sockets = [];

    /// <summary>Those that no address of the options has taken.</summary>
    public IReadOnlyList<(string Address, int Socket)> Sockets => _sockets;

    /// <summary>Who hands them over, for error messages; null: sockets that are not needed are no error.</summary>
    public string? Giver { get; init; }

    /// <param name="address">As the options have it (<c>ws://127.0.0.1:0</c>), or as the socket is bound (<c>127.0.0.1:8080</c>).</param>
    /// <param name="socket">Its descriptor.</param>
    public void Add(string address, int socket) => _sockets.Add((address, socket));

    /// <summary>Takes the socket for an address; null if there is none.</summary>
    public int? Take(ListenAddress address)
    {
        string url = address.ToString();
        string place = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        int index = _sockets.FindIndex(socket => socket.Address == url || socket.Address == place);
        if (index < 0) return null;
        int taken = _sockets[index].Socket;
        _sockets.RemoveAt(index);
        return taken;
    }

    /// <exception cref="TransportException">The giver expects to be served where no address of the options is.</exception>
    public void ThrowIfUnused(string urls)
    {
        if (_sockets.Count == 0 || Giver is null) return;
        string addresses = string.Join(", ", _sockets.ConvertAll(static socket => socket.Address));
        throw new TransportException($"{Giver} hands over a socket for {addresses}, and Urls (--urls) has no such address: '{urls}'.");
    }
}
