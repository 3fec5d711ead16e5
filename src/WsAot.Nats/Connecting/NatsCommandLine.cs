using WsAot.CommandLine;

namespace WsAot.Nats.Connecting;

/// <summary>The options on the command line. Secrets are not among them: others see the command lines of processes.</summary>
internal static class NatsCommandLine
{
    public static readonly SectionOption[] Options =
    [
        new("nats-url", "nats:url", "list", "", "connects topics with other servers: addresses of NATS such as nats://a:4222, by ','"),
        new("nats-prefix", "nats:prefix", "name", "wsaot", "the begin of all subjects and streams; servers of one prefix hear each other"),
        new("nats-credentials-file", "nats:credentialsFile", "file", "", "credentials (.creds)"),
        new("nats-seed-file", "nats:seedFile", "file", "", "the seed of an NKey"),
        new("nats-user", "nats:user", "name", "", "a user, whose password is nats:password in the file or the environment"),
        new("nats-ca-file", "nats:caFile", "file", "", "the authorities of tls:// addresses' certificates (PEM); empty: the machine's"),
        new("nats-certificate-file", "nats:certificateFile", "file", "", "the certificate of this server as a client of NATS (PEM)"),
        new("nats-key-file", "nats:keyFile", "file", "", "its private key (PEM)"),
        new("nats-required-for-readiness", "nats:requiredForReadiness", "bool", "false", "whether /readyz is 503 without NATS, not 200"),
        new("nats-max-pending-bytes", "nats:maxPendingBytes", "bytes", "8388608", "published messages that wait while NATS is away"),
        new("nats-store-timeout-ms", "nats:storeTimeoutMs", "ms", "5000", "how long topics with history wait for NATS until they fail"),
        new("nats-replicas", "nats:replicas", "number", "1", "how many NATS servers keep each message of topics with history"),
        new("nats-presence-timeout-ms", "nats:presenceTimeoutMs", "ms", "10000", "silence after which a server's clients leave the topics"),
    ];
}
