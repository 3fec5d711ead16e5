namespace WsAot.Architecture.Tests.Folders;

/// <summary>
/// The order of the folders of each project, the lowest first. Code of a folder may use the internals of those named behind it, all of
/// which stand above it in this list. Public types and members may be used from everywhere.
/// </summary>
internal static class FolderOrder
{
    public static ProjectFolders[] All { get; } =
    [
        new(
            "src/WsAot.Protocol",
            new("Frames"),
            new("Messages", "Frames"),
            new("Closing", "Frames"),
            new("Deflate"),
            new("Handshake"),
            new("(root)")),

        new(
            "src/WsAot.Transport",
            new("Buffers"),
            new("Output"),
            new("InMemory"),
            new("(root)", "Output") { StillUses = ["Epoll", "Portable"] },
            new("Epoll", "Output", "(root)"),
            new("Portable", "(root)")),

        new(
            "src/WsAot",
            new("Timers"),
            new("Memory"),
            new("Compression"),
            new("Handlers") { StillUses = ["Http"] },
            new("Routing", "Handlers") { StillUses = ["(root)", "Sessions"] },
            new("Topics", "Compression") { StillUses = ["Sessions"] },
            new("Sessions", "Timers", "Memory", "Compression", "Routing", "Topics") { StillUses = ["(root)", "Hosting", "Http"] },
            new("Http", "Timers", "Compression", "Handlers", "Routing", "Sessions") { StillUses = ["(root)", "Hosting"] },
            new("JsonRpc", "Timers", "Sessions") { StillUses = ["(root)", "Hosting"], IsNamedByNobody = true },
            new("Hosting", "Timers", "Memory", "Compression", "Topics", "Sessions", "Http") { StillUses = ["(root)"] },
            new("(root)", "Memory", "Topics", "Sessions", "Http", "Hosting")),

        new(
            "generators/WsAot.Generators",
            new("Polyfills"),
            new("Model"),
            new("Templates", "Model"),
            new("Parsing", "Model", "Templates") { StillUses = ["(root)", "Analyzers", "Emitting"] },
            new("Analyzers", "Model", "Templates", "Parsing"),
            new("Emitting", "Model") { StillUses = ["(root)", "Describing"] },
            new("Describing", "Model", "Parsing", "Emitting"),
            new("(root)", "Model", "Parsing", "Emitting", "Describing")),
    ];
}
