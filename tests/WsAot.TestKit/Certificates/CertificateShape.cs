namespace WsAot.TestKit.Certificates;

/// <summary>What a certificate should be like. By default: a server's, for this machine, valid today.</summary>
public sealed record CertificateShape
{
    /// <summary>The common name of its subject.</summary>
    public string CommonName { get; init; } = "WsAot test server";

    /// <summary>Names, with <c>*.</c> or without, and IP addresses: its subject alternative names.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = ["localhost", "127.0.0.1", "::1"];

    /// <summary>More subject alternative names: mail addresses.</summary>
    public IReadOnlyList<string> Emails { get; init; } = [];

    /// <summary>More subject alternative names: URIs.</summary>
    public IReadOnlyList<string> Uris { get; init; } = [];

    public KeyKind Key { get; init; } = KeyKind.EcP256;

    /// <summary>When it becomes valid, counted from now; more than zero: it is not valid yet.</summary>
    public TimeSpan BeginsIn { get; init; } = TimeSpan.FromDays(-1);

    /// <summary>When it expires, counted from now; less than zero: it has expired.</summary>
    public TimeSpan EndsIn { get; init; } = TimeSpan.FromDays(90);

    /// <summary>For clients, not for servers (extended key usage).</summary>
    public bool IsForClients { get; init; }

    /// <summary>Whether an intermediate CA signs it, which comes second in the chain.</summary>
    public bool HasIntermediate { get; init; }

    public static CertificateShape Server { get; } = new();

    public static CertificateShape Expired { get; } = new() { BeginsIn = TimeSpan.FromDays(-30), EndsIn = TimeSpan.FromDays(-1) };

    public static CertificateShape NotYetValid { get; } = new() { BeginsIn = TimeSpan.FromDays(1) };

    public static CertificateShape Client { get; } = new() { CommonName = "WsAot test client", Hosts = [], IsForClients = true };

    /// <summary>A server's, for these hosts.</summary>
    public static CertificateShape For(params IReadOnlyList<string> hosts) => new() { Hosts = hosts };
}
