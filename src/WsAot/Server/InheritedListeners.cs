using WsAot.Transport;

namespace WsAot.Server;

/// <summary>
/// Listening sockets that this process inherits, by address: from the service manager, or from the process that it replaces.
/// </summary>
internal sealed class InheritedListeners
{
    private readonly List<InheritedListener> _sockets;
    private readonly bool _isForAdmin;

    public InheritedListeners() => _sockets = [];

    private InheritedListeners(InheritedListeners all) => (_sockets, _isForAdmin) = (all._sockets, true);

    /// <summary>The sockets that no address of the options has taken.</summary>
    public IReadOnlyList<InheritedListener> Sockets => _sockets;

    /// <summary>The name of the giver in error messages; null if unused sockets are not an error.</summary>
    public string? Giver { get; init; }

    /// <summary>
    /// The same sockets for the server behind the admin listener, whose addresses are HTTP. It must not take a socket of the main server
    /// that was requested with the same address, such as port 0. It may leave sockets unused.
    /// </summary>
    public InheritedListeners ForAdmin() => new(this);

    /// <inheritdoc cref="InheritedListener(string, int)"/>
    public void Add(string address, int socket) => _sockets.Add(new InheritedListener(address, socket));

    /// <summary>Takes the sockets for an address: two if it is an address of both families; none if there are none.</summary>
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

    /// <exception cref="TransportException">The giver passed a socket whose address is not in the options.</exception>
    public void ThrowIfUnused(string urls)
    {
        if (_sockets.Count == 0 || Giver is null) return;
        string addresses = string.Join(", ", _sockets.ConvertAll(static socket => socket.Address));
        throw new TransportException($"{Giver} hands over a socket for {addresses}, but Urls (--urls) has no such address: '{urls}'.");
    }
}
