namespace WsAot.Transport.Tls;

/// <summary>Makes a context ask clients for certificates.</summary>
internal static unsafe class ClientAuthorities
{
    /// <exception cref="TransportException">There is no certificate in the file.</exception>
    public static void Use(nint context, TlsServerOptions options, byte[] pem)
    {
        bool isRequired = options.ClientCertificate == TlsClientCertificateMode.Required;
        int mode = OpenSsl.SSL_VERIFY_PEER | (isRequired ? OpenSsl.SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0);
        OpenSsl.ContextSetVerify(context, mode, 0);
        nint store = OpenSsl.ContextGetStore(context);
        int count = 0;
        bool isWhole = Pem.ReadCertificates(pem, certificate =>
        {
            count++;
            _ = OpenSsl.StoreAdd(store, certificate);
            _ = OpenSsl.ContextAddClientAuthority(context, certificate);
            OpenSsl.CertificateFree(certificate);
        });
        if (count > 0 && !isWhole) throw CertificateProblem.Damaged(options.ClientCaFile!, count + 1);
        if (count == 0) throw CertificateProblem.NoAuthority(options.ClientCaFile);
    }
}
