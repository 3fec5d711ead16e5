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

    /// <summary>Looks at the files of the certificates now: <see cref="WsServer.ReloadCertificates"/>.</summary>
    public bool ReloadCertificates() => Volatile.Read(ref _certificates)?.Reload() == true;

    /// <summary>
    /// The listening sockets by their addresses as the options have them, for another process; null if the transport cannot hand them
    /// over. While the server runs.
    /// </summary>
    public InheritedListeners? FindListeners()
    {
        var found = new InheritedListeners();
        foreach (ListenOptions listener in _listeners)
        {
            if (transport.FindSocket(listener) is not { } socket) return null;
            found.Add((string)listener.State!, socket);
        }

        return found;
    }

    private void OpenCertificates(IReadOnlyList<ListenAddress> addresses)
    {
        if (ListenAddress.Find(addresses, isSecure: true) is not null)
        {
            TlsServer tls = transport.CreateTls(TlsSettings.From(Server.Options));
            // Where TLS was left out, the transport has refused, and the file need not have what follows.
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

    /// <summary>Listens on all addresses, those with TLS first: the plain ones may have to redirect to the port of one.</summary>
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
            var listener = new ListenOptions(addresses[i].EndPoint)
            {
                State = addresses[i].ToString(),
                Tls = isSecure ? _certificates!.Tls : null,
                InheritedSocket = inherited?.Take(addresses[i]),
            };
            IPEndPoint endPoint = transport.Listen(listener);
            _listeners.Add(listener);
            urls[i] = new ListenAddress(endPoint, isSecure).ToString();
            if (isSecure && context.RedirectPort == 0 && TlsRules.Redirects(Server.Options)) context.RedirectPort = endPoint.Port;
        }
    }
}
