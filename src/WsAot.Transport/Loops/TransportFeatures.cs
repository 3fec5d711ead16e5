using System.Diagnostics.CodeAnalysis;

namespace WsAot.Transport;

/// <summary>Feature switches that remove parts of this library from a trimmed file.</summary>
internal static class TransportFeatures
{
    /// <summary>
    /// The System.Net.Sockets transport, which takes 0.5 MB. To remove it, set <c>RuntimeHostConfigurationOption</c> to false, with
    /// <c>Trim="true"</c>.
    /// </summary>
    [FeatureSwitchDefinition("WsAot.Transport.Sockets")]
    internal static bool IsSocketsSupported { get; } =
        !AppContext.TryGetSwitch("WsAot.Transport.Sockets", out bool isSupported) || isSupported;

    /// <summary>
    /// TLS by OpenSSL, which takes 0.05 MB. To remove it, set <c>RuntimeHostConfigurationOption</c> to false, with <c>Trim="true"</c>.
    /// </summary>
    [FeatureSwitchDefinition("WsAot.Transport.Tls")]
    internal static bool IsTlsSupported { get; } = !AppContext.TryGetSwitch("WsAot.Transport.Tls", out bool isSupported) || isSupported;

    /// <summary>
    /// TLS by <c>SslStream</c> on the sockets transport, which takes 3.4 MB: the build properties of the package set it to false unless a
    /// project asks for it. Code that runs without these properties has the whole framework anyway, so there it costs nothing.
    /// </summary>
    [FeatureSwitchDefinition("WsAot.Transport.SslStream")]
    internal static bool IsSslStreamSupported { get; } =
        !AppContext.TryGetSwitch("WsAot.Transport.SslStream", out bool isSupported) || isSupported;

    /// <summary>Whether OpenSSL is linked into the file, so that nothing is loaded, not even its configuration.</summary>
    [FeatureSwitchDefinition("WsAot.Transport.TlsLinked")]
    internal static bool IsTlsLinked { get; } = AppContext.TryGetSwitch("WsAot.Transport.TlsLinked", out bool isLinked) && isLinked;
}
