using System.Diagnostics.CodeAnalysis;

namespace WsAot.Certificates;

/// <summary>Whether the application supports TLS. Without it, the native file is smaller.</summary>
internal static class TlsFeature
{
    /// <summary>
    /// To turn it off, set the <c>RuntimeHostConfigurationOption</c> <c>WsAot.Transport.Tls</c> to false with <c>Trim="true"</c>. It is the
    /// switch of the transport.
    /// </summary>
    [FeatureSwitchDefinition("WsAot.Transport.Tls")]
    internal static bool IsSupported { get; } = !AppContext.TryGetSwitch("WsAot.Transport.Tls", out bool isSupported) || isSupported;
}
