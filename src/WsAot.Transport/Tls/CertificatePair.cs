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
            Pem.ReadCertificates(contents.Certificate, chain.Add);
            string file = files.CertificateFile;
            if (chain.Count == 0) throw new TransportException($"The TLS certificate '{file}' holds no certificate (PEM).");
            key = ReadKey(files, contents);
            if (OpenSsl.CertificateFitsKey(chain[0], key) != 1)
            {
                OpenSsl.ClearErrors();
                throw new TransportException(
                    $"The TLS key '{files.KeyFile}' is not that of the certificate '{file}', which must come first in its file.");
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
        if (key != 0) return key;
        bool isEncrypted = contents.Key.AsSpan().IndexOf("ENCRYPTED"u8) >= 0;
        throw new TransportException((isEncrypted, files.KeyPasswordFile) switch
        {
            (true, null) => $"The TLS key '{files.KeyFile}' is encrypted; name a file with its password.",
            (true, { } password) => $"The password in '{password}' is not that of the TLS key '{files.KeyFile}' ({error}).",
            _ => $"The TLS key '{files.KeyFile}' holds no private key (PEM): {error}.",
        });
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

    private static TlsCertificate Describe(TlsCertificateFiles files, nint certificate)
    {
        List<string> names = CertificateReader.ReadHosts(certificate);
        return new TlsCertificate
        {
            File = files.CertificateFile,
            Hosts = files.Hosts.Count > 0 ? files.Hosts : names,
            UnnamedHosts = [.. files.Hosts.Where(host => !IsNamed(host, names))],
            NotBefore = CertificateReader.ReadTime(OpenSsl.GetNotBefore(certificate)),
            NotAfter = CertificateReader.ReadTime(OpenSsl.GetNotAfter(certificate)),
            ReadableKeyFile = IsReadableByAll(files.KeyFile) ? files.KeyFile : null,
        };
    }

    /// <summary>Whether one of the names is good for a client that asks for the host: an asterisk is one label (RFC 9525).</summary>
    private static bool IsNamed(string host, List<string> names)
    {
        int dot = host.IndexOf('.');
        string wildcard = dot > 0 ? string.Concat("*", host.AsSpan(dot)) : host;
        return names.Exists(name => name.Equals(host, StringComparison.OrdinalIgnoreCase)
            || name.Equals(wildcard, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsReadableByAll(string file)
    {
        try
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & UnixFileMode.OtherRead) != 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has been replaced since it was read. The next look sees the new one.
            return false;
        }
    }
}
