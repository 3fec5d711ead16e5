namespace WsAot;

/// <summary>
/// The options for NATS. In a configuration, they are the section <c>nats</c>: <c>"nats": { "url": "nats://10.0.0.1,nats://10.0.0.2",
/// "prefix": "shop" }</c>.
/// </summary>
public sealed class WsNatsOptions
{
    /// <summary>
    /// The addresses of NATS servers, separated by commas: <c>nats://host:4222</c>, or <c>tls://host:4222</c>. One is enough: it names the
    /// others of its cluster. Required.
    /// </summary>
    public string Url { get; set; } = "";

    /// <summary>
    /// The start of the names of all subjects and streams: 1 to 32 letters, digits, <c>_</c> and single <c>-</c>. Only servers with the
    /// same prefix share topics. Default: <c>wsaot</c>.
    /// </summary>
    public string Prefix { get; set; } = "wsaot";

    /// <summary>A file of credentials (<c>.creds</c>); empty: none.</summary>
    public string CredentialsFile { get; set; } = "";

    /// <summary>A file with the seed of an NKey; empty: none.</summary>
    public string SeedFile { get; set; } = "";

    /// <summary>The user; empty: none.</summary>
    public string User { get; set; } = "";

    /// <summary>The user's password.</summary>
    public string Password { get; set; } = "";

    /// <summary>A token instead of a user; empty: none.</summary>
    public string Token { get; set; } = "";

    /// <summary>The authorities of the servers' certificates (PEM); empty: those of the machine.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>The certificate of this server as a client of NATS (PEM); empty: none.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>The private key of <see cref="CertificateFile"/> (PEM).</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>
    /// Whether a server without NATS is not ready (<c>/readyz</c> answers 503), so that new clients go elsewhere. Default: false; the
    /// server then reports <c>degraded</c>. Topics without history reach its own clients; publishing to topics with history fails.
    /// </summary>
    public bool RequiredForReadiness { get; set; }

    /// <summary>
    /// The bytes of published messages that wait for NATS while it is away: 0 to 1,073,741,824. Further messages reach only the subscribers
    /// of this server. Default: 8 MiB.
    /// </summary>
    public int MaxPendingBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// How long publishing and subscribing to a topic with history wait for NATS before they fail, in milliseconds: 100 to 60,000. Default:
    /// 5,000.
    /// </summary>
    public int StoreTimeoutMs { get; set; } = 5000;

    /// <summary>
    /// How many NATS servers keep each message of a topic with history: 1 to 5, and no more than the cluster has. With 3, messages survive
    /// the loss of one server. Default: 1.
    /// </summary>
    public int Replicas { get; set; } = 1;

    /// <summary>
    /// How long a server may be silent before others remove its clients from the presence of topics, in milliseconds: 1,000 to 600,000. It
    /// must be the same on all servers. Default: 10,000.
    /// </summary>
    public int PresenceTimeoutMs { get; set; } = 10_000;
}
