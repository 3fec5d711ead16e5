using NATS.Client.Core;

namespace WsAot.Nats.Connecting;

/// <summary>Converts the options to those of the NATS client.</summary>
internal static class NatsSettings
{
    public static NatsOpts From(WsNatsOptions options, string node) => new()
    {
        Url = options.Url,
        Name = $"wsaot {options.Prefix} {node}",
        // The subscribers of this server already have the messages that it publishes.
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
        // While a password is being replaced, it can be wrong for a moment.
        IgnoreAuthErrorAbort = true,
    };

    /// <summary>Reads the file for each connection, because it may have been replaced.</summary>
    private static async ValueTask<NatsAuthCred> ReadAsync(WsNatsOptions options)
    {
        if (options.CredentialsFile.Length > 0) return NatsAuthCred.FromCredsFile(options.CredentialsFile);
        // The client's own reader also needs the public key in the file, but nk writes only the seed.
        await foreach (string line in File.ReadLinesAsync(options.SeedFile).ConfigureAwait(false))
        {
            if (line.StartsWith("SU", StringComparison.Ordinal)) return NatsAuthCred.FromNkey(line.Trim());
        }

        throw new NatsException($"No seed of an NKey (SU...) in {options.SeedFile}");
    }

    private static string? OrNull(string value) => value.Length == 0 ? null : value;
}
