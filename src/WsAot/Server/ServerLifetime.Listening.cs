using System.Net;
using WsAot.Certificates;
using WsAot.Logging;
using WsAot.Transport;

namespace WsAot.Server;

/// <summary>The addresses of a server, and their certificates.</summary>
internal sealed partial class ServerLifetime
{
    private readonly List<ListenOptions> _listeners = [];
    private CertificateWatch? _certificates;    // if an address has TLS

    /// <summary>Checks the certificate files now: <see cref="WsServer.ReloadCertificates"/>.</summary>
    /// <param name="options">New options, such as other files; null for the same as before.</param>
    public bool ReloadCertificates(TlsServerOptions? options = null) => Volatile.Read(ref _certificates)?.Reload(options) == true;

    /// <summary>
    /// The listening sockets for another process, by their addresses in the options; null if the transport cannot hand them over. Call it
    /// while the server runs.
    /// </summary>
    public InheritedListeners? FindListeners()
    {
        var found = new InheritedListeners();
        foreach (ListenOptions listener in _listeners)
        {
            IReadOnlyList<int> sockets = transport.FindSockets(listener);
            if (sockets.Count == 0) return null;
            foreach (int socket in sockets) found.Add((string)listener.State!, socket);
        }

        foreach (InheritedListener listener in FindAdminListeners?.Invoke()?.Sockets ?? []) found.Add(listener.Address, listener.Socket);
        return found;
    }

    private void OpenCertificates(IReadOnlyList<ListenAddress> addresses)
    {
        if (ListenAddress.Find(addresses, isSecure: true) is not null)
        {
            TlsServer tls = transport.CreateTls(TlsSettings.From(Server.Options));
            // Without TLS in the build, the transport has already refused, and the file need not contain the code that follows.
            if (!TlsFeature.IsSupported) return;
            Volatile.Write(ref _certificates, new CertificateWatch(tls, Server.Logger, Server.TimeProvider));
            WarnOfAddressesThatAskNobody(addresses);
        }
        else if (TlsFeature.IsSupported && TlsSettings.HasCertificate(Server.Options))
        {
            TlsLog.NothingEncrypted(Server.Logger);
        }
    }

    private void WarnOfAddressesThatAskNobody(IReadOnlyList<ListenAddress> addresses)
    {
        foreach (ListenAddress address in addresses)
        {
            if (TlsRules.AsksNobody(Server.Options, address)) TlsLog.AsksNobody(Server.Logger, address.ToString());
        }
    }

    /// <summary>Listens on all addresses, first on those with TLS: the others may redirect to the port of one of them.</summary>
    private string[] Listen(IReadOnlyList<ListenAddress> addresses)
    {
        string[] urls = new string[addresses.Count];
        ListenAll(addresses, isSecure: true, urls);
        ListenAll(addresses, isSecure: false, urls);
        return urls;
    }

    private void ListenAll(IReadOnlyList<ListenAddress> addresses, bool isSecure, string[] urls)
    {
        for (int i = 0; i < addresses.Count; i++)
        {
            if (addresses[i].IsSecure != isSecure) continue;
            ListenOptions listener = OptionsFor(addresses[i]);
            EndPoint endPoint = transport.Listen(listener);
            _listeners.Add(listener);
            urls[i] = addresses[i].With(endPoint).ToString();
            if (!isSecure || endPoint is not IPEndPoint { Port: var port }) continue;
            if (context.RedirectPort == 0 && TlsRules.Redirects(Server.Options)) context.RedirectPort = port;
        }
    }

    private ListenOptions OptionsFor(ListenAddress address)
    {
        WsServerOptions options = Server.Options;
        (int user, int group) = UnixSocketRules.ParseOwner(options.UnixSocketOwner);
        return new ListenOptions(address.EndPoint)
        {
            State = address.ToString(),
            Tls = address.IsSecure ? _certificates!.Tls : null,
            Twin = address.IsLocalhost ? IPAddress.IPv6Loopback : null,
            HasPreamble = ProxyRules.SpeaksProxyProtocol(options, address),
            UnixMode = UnixSocketRules.ParseMode(options.UnixSocketMode),
            UnixUserId = user,
            UnixGroupId = group,
            InheritedSockets = inherited?.Take(address) ?? [],
        };
    }
}
