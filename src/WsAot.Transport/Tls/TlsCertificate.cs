namespace WsAot.Transport;

/// <summary>A certificate of a server.</summary>
public sealed class TlsCertificate
{
    internal TlsCertificate()
    {
    }

    /// <summary>The file it was read from.</summary>
    public required string File { get; init; }

    /// <summary>The host names that the server uses it for.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Those of <see cref="Hosts"/> that the certificate itself does not name: clients refuse it for them (RFC 9525).</summary>
    public IReadOnlyList<string> UnnamedHosts { get; init; } = [];

    /// <summary>The first moment at which it is valid.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>The last moment at which it is valid.</summary>
    public DateTimeOffset NotAfter { get; init; }

    /// <summary>The file of its key, if every user of the machine may read it; null if not.</summary>
    public string? ReadableKeyFile { get; init; }
}
