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
            CredsFile = OrNull(options.CredentialsFile),
            NKeyFile = OrNull(options.SeedFile),
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

    private static string? OrNull(string value) => value.Length == 0 ? null : value;
}
