using System.Diagnostics.CodeAnalysis;

namespace WsAot.Compression;

/// <summary>Whether compression is there at all; a user who does without leaves it out of the native file.</summary>
internal static class CompressionFeature
{
    /// <summary>Off: <c>RuntimeHostConfigurationOption</c> <c>WsAot.Compression</c> with <c>Trim="true"</c>.</summary>
    [FeatureSwitchDefinition("WsAot.Compression")]
    internal static bool IsSupported { get; } = !AppContext.TryGetSwitch("WsAot.Compression", out bool isSupported) || isSupported;
}
