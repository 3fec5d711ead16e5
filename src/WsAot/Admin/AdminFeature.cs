using System.Diagnostics.CodeAnalysis;

namespace WsAot.Admin;

/// <summary>Whether the application supports the admin listener. Without it, the native file is smaller.</summary>
internal static class AdminFeature
{
    /// <summary>
    /// To turn it off, set the <c>RuntimeHostConfigurationOption</c> <c>WsAot.Admin</c> to false with <c>Trim="true"</c>.
    /// </summary>
    [FeatureSwitchDefinition("WsAot.Admin")]
    internal static bool IsSupported { get; } = !AppContext.TryGetSwitch("WsAot.Admin", out bool isSupported) || isSupported;
}
