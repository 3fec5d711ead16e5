using WsAot.Transport;

namespace WsAot.Server;

/// <summary>
/// Listening sockets that a process gets from another one, by their addresses: from the service manager, or from the process whose place it
/// takes.
/// </summary>
internal sealed class InheritedListeners
{
    private readonly List<InheritedListener> _sockets;
    private readonly bool _isForAdmin;

    public InheritedListeners() => _sockets = [];

    private InheritedListeners(InheritedListeners all) => (_sockets, _isForAdmin) = (all._sockets, true);

    /// <summary>Those that no address of the options has taken.</summary>
    public IReadOnlyList<InheritedListener> Sockets => _sockets;

    /// <summary>Who hands them over, for error messages; null: sockets that are not needed are no error.</summary>
    public string? Giver { get; init; }

    /// <summary>
    /// The same for the server behind the admin listener, whose addresses are those of HTTP: it must not take a socket of the other one,
    /// which may have been asked for by the same words, such as port 0. It need not take any.
    /// </summary>
    public InheritedListeners ForAdmin() => new(this);

    /// <inheritdoc cref="InheritedListener(string, int)"/>
    public void Add(string address, int socket) => _sockets.Add(new InheritedListener(address, socket));

    /// <summary>Takes the sockets for an address: two if it is one of both families; empty if there are none.</summary>
    public IReadOnlyList<int> Take(ListenAddress address)
    {
        string url = address.ToString();
        string place = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        if (_isForAdmin) url = "http://" + place;
        int most = address.IsLocalhost ? 2 : 1;
        var taken = new List<int>();
        foreach (InheritedListener listener in _sockets.ToArray())
        {
            if (taken.Count == most) break;
            if (listener.Address != url && listener.Address != place) continue;
            taken.Add(listener.Socket);
            _sockets.Remove(listener);
        }

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
