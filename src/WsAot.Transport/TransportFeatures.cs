using System.Diagnostics.CodeAnalysis;

namespace WsAot.Transport;

/// <summary>What a user can leave out of the native file.</summary>
internal static class TransportFeatures
{
    /// <summary>The System.Net.Sockets transport, 0.5 MB. Off: <c>RuntimeHostConfigurationOption</c> with <c>Trim="true"</c>.</summary>
    [FeatureSwitchDefinition("WsAot.Transport.Sockets")]
    internal static bool IsSocketsSupported { get; } =
        !AppContext.TryGetSwitch("WsAot.Transport.Sockets", out bool isSupported) || isSupported;
}
