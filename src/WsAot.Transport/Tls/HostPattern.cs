using System.Text;

namespace WsAot.Transport.Tls;

/// <summary>The names that a certificate is shown for.</summary>
internal static class HostPattern
{
    /// <summary>RFC 9525 section 6.3: a star stands for one whole label.</summary>
    public static bool Matches(string host, ReadOnlySpan<byte> name)
    {
        if (!host.StartsWith("*.", StringComparison.Ordinal)) return Ascii.EqualsIgnoreCase(name, host);
        int dot = name.IndexOf((byte)'.');
        return dot > 0 && Ascii.EqualsIgnoreCase(name[dot..], host.AsSpan(1));
    }
}
