using WsAot.Certificates;
using WsAot.Transport;

namespace WsAot;

/// <content>Certificates.</content>
public sealed partial class WsServer
{
    /// <summary>
    /// Reads the files of the certificates, keys and client authorities again, now. The server does so by itself every 10 seconds. If they
    /// have changed, clients that connect from now on get the new certificates; open connections go on. All or nothing: if one of the new
    /// files cannot be used, all certificates stay. It reads files, so do not call it in a handler, whose loop would wait.
    /// </summary>
    /// <returns>Whether something has changed; false if no address is <c>wss://</c>, or the server does not run.</returns>
    /// <exception cref="TransportException">
    /// The files have changed and cannot be used; the message says why, and so does the log. The same files are not tried again.
    /// </exception>
    public bool ReloadCertificates() => TlsFeature.IsSupported && _lifetime.ReloadCertificates();
}
