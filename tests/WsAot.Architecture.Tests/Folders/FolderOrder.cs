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
            new("Closing", "Frames"),
            new("Liveness"),
            new("Deflate"),
            new("Messages", "Frames"),
            new("Handshake"),
            new("(root)")),

        new(
            "src/WsAot.Transport",
            new("Buffers"),
            new("Output"),
            new("Loops", "Output"),
            new("Connections", "Output", "Loops"),
            new("Listening", "Loops"),
            new("Tls", "Output", "Loops", "Connections"),
            new("Epoll", "Output", "Loops", "Connections", "Listening", "Tls"),
            new("SslStreams", "Output", "Loops", "Connections", "Tls"),
            new("Sockets", "Output", "Loops", "Connections", "Listening", "Tls", "Epoll", "SslStreams"),
            new("InMemory", "Output", "Loops", "Connections", "Listening", "Tls", "SslStreams"),
            new("(root)", "Loops", "Epoll", "Sockets")),

        new(
            "src/WsAot",
            new("Metrics"),
            new("Timers"),
            new("Memory"),
            new("Logging"),
            new("Certificates", "Logging"),
            new("Loops"),
            new("Handlers"),
            new("Compression"),
            new("Describing"),
            new("Routing", "Handlers", "Describing"),
            new("Services", "Logging"),
            new("Limits", "Timers", "Memory", "Logging"),
            new("Topics", "Memory", "Logging", "Loops", "Compression", "Routing"),
            new(
                "Connections",
                "Metrics", "Timers", "Memory", "Logging", "Loops", "Compression", "Routing", "Services", "Limits", "Topics"),
            new(
                "Handshake",
                "Metrics", "Timers", "Memory", "Logging", "Loops", "Handlers", "Compression", "Routing", "Services", "Limits",
                "Connections"),
            new("Files", "Handlers", "Routing"),
            new("Http", "Metrics", "Timers", "Logging", "Loops", "Handlers", "Routing", "Services", "Connections", "Handshake", "Files"),
            new("Filters", "Logging", "Connections"),
            new("JsonRpc", "Metrics", "Timers", "Logging", "Loops", "Routing", "Limits", "Topics", "Connections", "Filters")
            {
                IsNamedByNobody = true,
            },
            new(
                "Server",
                "Metrics", "Timers", "Memory", "Logging", "Certificates", "Loops", "Compression", "Limits", "Topics", "Connections",
                "Handshake"),
            new("Processes", "Logging", "Connections", "Server"),
            new("Dashboard", "Metrics", "Logging", "Loops", "Topics", "Connections", "Handshake", "JsonRpc", "Server"),
            new("Admin", "Metrics", "Logging", "Topics", "Connections", "Handshake", "Server", "Dashboard"),
            new("CommandLine", "Memory", "Logging", "Certificates", "Connections", "Server", "Processes", "Admin"),
            new(
                "(root)",
                "Metrics", "Memory", "Logging", "Certificates", "Loops", "Routing", "Services", "Limits", "Topics", "Connections",
                "Handshake", "Files", "Http", "Server", "Processes", "Dashboard", "Admin", "CommandLine")),

        new(
            "src/WsAot.Testing",
            new("Running"),
            new("Wire", "Running"),
            new("JsonRpc", "Running", "Wire"),
            new("(root)", "Running", "Wire", "JsonRpc")),

        new(
            "src/WsAot.Nats",
            new("Logging"),
            new("Messages"),
            new("Subjects"),
            new("Connecting", "Subjects", "Logging"),
            new("Core", "Subjects", "Messages", "Logging", "Connecting"),
            new("Kept", "Subjects", "Messages", "Logging", "Connecting", "Core"),
            new("Presence", "Subjects", "Logging", "Connecting", "Core"),
            new("(root)", "Logging", "Subjects", "Connecting", "Core", "Kept", "Presence")),

        new(
            "generators/WsAot.Generators",
            new("Polyfills"),
            new("Text"),
            new("Symbols"),
            new("Model"),
            new("Diagnostics"),
            new("Templates", "Model"),
            new("Parsing", "Text", "Symbols", "Model", "Diagnostics", "Templates"),
            new("Analyzers", "Symbols", "Model", "Diagnostics", "Templates", "Parsing"),
            new("Emitting", "Text", "Symbols", "Model"),
            new("Describing", "Text", "Model", "Emitting"),
            new("(root)", "Symbols", "Model", "Parsing", "Emitting", "Describing")),
    ];
}
