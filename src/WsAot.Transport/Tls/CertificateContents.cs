namespace WsAot.Transport.Tls;

/// <summary>The contents of a server's certificate files, all read at the same time.</summary>
internal sealed class CertificateContents
{
    private CertificateContents(IReadOnlyList<PairContents> pairs, byte[]? clientAuthorities) =>
        (Pairs, ClientAuthorities) = (pairs, clientAuthorities);

    public IReadOnlyList<PairContents> Pairs { get; }

    public byte[]? ClientAuthorities { get; }

    /// <exception cref="TransportException">A file cannot be read.</exception>
    public static CertificateContents Read(TlsServerOptions options)
    {
        var pairs = new List<PairContents>();
        foreach (TlsCertificateFiles files in options.Certificates)
        {
            pairs.Add(new PairContents(
                ReadFile(files.CertificateFile, "certificate"),
                ReadFile(files.KeyFile, "key"),
                files.KeyPasswordFile is { } password ? ReadFile(password, "password") : null));
        }

        bool asksClients = options.ClientCertificate != TlsClientCertificateMode.None;
        return new CertificateContents(pairs, asksClients ? ReadFile(options.ClientCaFile ?? "", "file of client authorities") : null);
    }

    public bool Equals(CertificateContents other)
    {
        for (int i = 0; i < Pairs.Count; i++)
        {
            if (!Pairs[i].Equals(other.Pairs[i])) return false;
        }

        return ClientAuthorities.AsSpan().SequenceEqual(other.ClientAuthorities);
    }

    private static byte[] ReadFile(string file, string what)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new TransportException($"The TLS {what} '{file}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The files of one certificate.</summary>
    internal sealed class PairContents(byte[] certificate, byte[] key, byte[]? password)
    {
        public byte[] Certificate => certificate;

        public byte[] Key => key;

        /// <summary>The password, up to the end of its line.</summary>
        public ReadOnlySpan<byte> Password
        {
            get
            {
                int end = password.AsSpan().IndexOfAny((byte)'\r', (byte)'\n');
                return end < 0 ? password : password.AsSpan(0, end);
            }
        }

        public bool Equals(PairContents other) =>
            certificate.AsSpan().SequenceEqual(other.Certificate) && key.AsSpan().SequenceEqual(other.Key)
            && Password.SequenceEqual(other.Password);
    }
}
