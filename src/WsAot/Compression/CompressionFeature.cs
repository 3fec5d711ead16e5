using System.Diagnostics.CodeAnalysis;

namespace WsAot.Compression;

/// <summary>Whether the application supports compression. Without it, the native file is smaller.</summary>
internal static class CompressionFeature
{
    /// <summary>
    /// To turn it off, set the <c>RuntimeHostConfigurationOption</c> <c>WsAot.Compression</c> to false with <c>Trim="true"</c>.
    /// </summary>
    [FeatureSwitchDefinition("WsAot.Compression")]
    internal static bool IsSupported { get; } = !AppContext.TryGetSwitch("WsAot.Compression", out bool isSupported) || isSupported;
}
