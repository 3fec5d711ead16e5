namespace WsAot.Transport.Tls;

/// <summary>Gives a context its certificate and its key.</summary>
internal static class CertificatePair
{
    /// <exception cref="TransportException">The files do not hold a certificate and its key.</exception>
    public static TlsCertificate Use(nint context, TlsCertificateFiles files, CertificateContents.PairContents contents)
    {
        var chain = new List<nint>();
        nint key = 0;
        try
        {
            bool isWhole = Pem.ReadCertificates(contents.Certificate, chain.Add);
            if (chain.Count > 0 && !isWhole) throw CertificateProblem.Damaged(files.CertificateFile, chain.Count + 1);
            if (chain.Count == 0) throw CertificateProblem.NoCertificate(files.CertificateFile);
            key = ReadKey(files, contents);
            if (OpenSsl.CertificateFitsKey(chain[0], key) != 1)
            {
                OpenSsl.ClearErrors();
                throw CertificateProblem.OtherKey(files);
            }

            Use(context, chain, key, files);
            return Describe(files, chain[0]);
        }
        finally
        {
            foreach (nint certificate in chain) OpenSsl.CertificateFree(certificate);
            if (key != 0) OpenSsl.KeyFree(key);
        }
    }

    private static nint ReadKey(TlsCertificateFiles files, CertificateContents.PairContents contents)
    {
        nint key = Pem.ReadKey(contents.Key, contents.Password, out string error);
        return key != 0 ? key : throw CertificateProblem.NoKey(files, contents, error);
    }

    private static unsafe void Use(nint context, List<nint> chain, nint key, TlsCertificateFiles files)
    {
        bool isUsed = OpenSsl.ContextUseCertificate(context, chain[0]) == 1 && OpenSsl.ContextUsePrivateKey(context, key) == 1;
        if (!isUsed) throw OpenSslLibrary.Failure($"use the certificate '{files.CertificateFile}'");
        while (chain.Count > 1)
        {
            // The context owns these.
            _ = OpenSsl.ContextControl(context, OpenSsl.SSL_CTRL_EXTRA_CHAIN_CERT, 0, (void*)chain[1]);
            chain.RemoveAt(1);
        }
    }

    private static TlsCertificate Describe(TlsCertificateFiles files, nint certificate) => CertificateDescription.Create(
        files,
        CertificateReader.ReadHosts(certificate),
        CertificateReader.ReadTime(OpenSsl.GetNotBefore(certificate)),
        CertificateReader.ReadTime(OpenSsl.GetNotAfter(certificate)));
}
