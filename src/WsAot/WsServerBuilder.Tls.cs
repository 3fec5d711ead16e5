using WsAot.Transport;

namespace WsAot;

/// <content>Certificates.</content>
public sealed partial class WsServerBuilder
{
    /// <summary>
    /// Adds a certificate for some hosts, for a server that has several. A client gets the first one that is for the name it asks for (SNI):
    /// that of <see cref="WsServerOptions.TlsCertificateFile"/>, those of the section <c>tls</c> of the configuration, then those that are
    /// added here, in their order. A client that asks for no name, or for one that no certificate is for, gets the first of all. The files
    /// are read when the server starts, and again when they change.
    /// </summary>
    /// <param name="certificate">The files, and the hosts that it is for.</param>
    public WsServerBuilder AddTlsCertificate(TlsCertificateFiles certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        Options.Add(certificate);
        return this;
    }
}
