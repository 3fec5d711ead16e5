using WsAot.Certificates;
using WsAot.Transport;

namespace WsAot;

/// <content>Certificates.</content>
public sealed partial class WsServer
{
    /// <summary>
    /// Reads the files of the certificates, keys and client authorities again, now. The server also does this every 10 seconds. If they
    /// have changed, clients that connect from now on get the new certificates; open connections stay open. If one of the new files cannot
    /// be used, no certificate changes. The call reads files, so do not call it in a handler: the handler's loop would wait.
    /// </summary>
    /// <returns>Whether something has changed; false if no address is <c>wss://</c>, or the server does not run.</returns>
    /// <exception cref="TransportException">
    /// The files have changed and cannot be used; the message and the log say why. The same files are not tried again.
    /// </exception>
    public bool ReloadCertificates() => TlsFeature.IsSupported && _lifetime.ReloadCertificates();
}
