using WsAot.CommandLine;

namespace WsAot.Nats.Connecting;

/// <summary>
/// The options on the command line. Secrets are not among them, because other users can see the command lines of processes.
/// </summary>
internal static class NatsCommandLine
{
    public static readonly SectionOption[] Options =
    [
        new("nats-url", "nats:url", "list", "", "shares topics with other servers: NATS addresses such as nats://a:4222, separated by ','"),
        new("nats-prefix", "nats:prefix", "name", "wsaot", "prefix of all subjects and streams; servers with the same one share topics"),
        new("nats-credentials-file", "nats:credentialsFile", "file", "", "the credentials (.creds)"),
        new("nats-seed-file", "nats:seedFile", "file", "", "the seed of an NKey"),
        new("nats-user", "nats:user", "name", "", "a user, whose password is nats:password in the file or the environment"),
        new("nats-ca-file", "nats:caFile", "file", "", "the authorities of the NATS servers' certificates (PEM); default: the machine's"),
        new("nats-certificate-file", "nats:certificateFile", "file", "", "the certificate of this server as a client of NATS (PEM)"),
        new("nats-key-file", "nats:keyFile", "file", "", "its private key (PEM)"),
        new("nats-required-for-readiness", "nats:requiredForReadiness", "bool", "false", "whether /readyz answers 503 without NATS"),
        new("nats-max-pending-bytes", "nats:maxPendingBytes", "bytes", "8388608", "published messages that wait while NATS is away"),
        new("nats-store-timeout-ms", "nats:storeTimeoutMs", "ms", "5000", "how long publishing and subscribing with history wait for NATS"),
        new("nats-replicas", "nats:replicas", "number", "1", "how many NATS servers keep each message of topics with history"),
        new("nats-presence-timeout-ms", "nats:presenceTimeoutMs", "ms", "10000", "silence after which a server's clients leave the topics"),
    ];
}
