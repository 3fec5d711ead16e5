using WsAot.Fuzz.Deflate;
using WsAot.Fuzz.Extensions;
using WsAot.Fuzz.Frames;
using WsAot.Fuzz.Handshake;
using WsAot.Fuzz.Proxies;
using WsAot.Fuzz.Sessions;
using WsAot.Fuzz.Tls;

namespace WsAot.Fuzz;

/// <summary>All targets.</summary>
internal static class Targets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new HandshakeTarget(),
        new FrameTarget(),
        new ExtensionTarget(),
        new InflateTarget(),
        new DeflateTarget(),
        new SessionTarget(),
        new TlsTarget(),
        new ProxyTarget(),
        new ForwardedTarget(),
    ];

    public static FuzzTarget ByName(string name) =>
        All.FirstOrDefault(target => target.Name == name) ?? throw new ArgumentException($"There is no target '{name}'.");
}
