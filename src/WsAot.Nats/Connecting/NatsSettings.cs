using NATS.Client.Core;

namespace WsAot.Nats.Connecting;

/// <summary>The options as the client of NATS has them.</summary>
internal static class NatsSettings
{
    public static NatsOpts From(WsNatsOptions options, string node) => new()
    {
        Url = options.Url,
        Name = $"wsaot {options.Prefix} {node}",
        // What is published here has reached the subscribers here already.
        Echo = false,
        AuthOpts = new NatsAuthOpts
        {
            AuthCredCallback = options.CredentialsFile.Length + options.SeedFile.Length > 0 ? (_, _) => ReadAsync(options) : null,
            Username = OrNull(options.User),
            Password = OrNull(options.Password),
            Token = OrNull(options.Token),
        },
        TlsOpts = new NatsTlsOpts
        {
            CaFile = OrNull(options.CaFile),
            CertFile = OrNull(options.CertificateFile),
            KeyFile = OrNull(options.KeyFile),
        },
        ConnectTimeout = TimeSpan.FromSeconds(2),
        RequestTimeout = TimeSpan.FromSeconds(2),
        PingInterval = TimeSpan.FromSeconds(5),
        ReconnectWaitMin = TimeSpan.FromMilliseconds(100),
        ReconnectWaitMax = TimeSpan.FromSeconds(2),
        MaxReconnectRetry = -1,
        // A password that was replaced is wrong for a while.
        IgnoreAuthErrorAbort = true,
    };

    /// <summary>Reads the file for each connection: it may have been replaced.</summary>
    private static async ValueTask<NatsAuthCred> ReadAsync(WsNatsOptions options)
    {
        if (options.CredentialsFile.Length > 0) return NatsAuthCred.FromCredsFile(options.CredentialsFile);
        // The client's own reading wants the public key in the file as well; nk writes the seed alone.
        await foreach (string line in File.ReadLinesAsync(options.SeedFile).ConfigureAwait(false))
        {
            if (line.StartsWith("SU", StringComparison.Ordinal)) return NatsAuthCred.FromNkey(line.Trim());
        }

        throw new NatsException($"There is no seed of an NKey (SU...) in {options.SeedFile}");
    }

    private static string? OrNull(string value) => value.Length == 0 ? null : value;
}
