using Microsoft.Extensions.Logging;
using WsAot.Loops;
using WsAot.Memory;
using WsAot.Topics;

namespace WsAot.Connections;

/// <summary>What all connections of a server share. Immutable but for what its members do; any thread.</summary>
internal sealed class ServerContext
{
    private long _lastConnectionId;

    /// <summary>The server, as the application knows it.</summary>
    public required WsServer Server { get; init; }

    public required WsServerOptions Options { get; init; }

    public required ILogger Logger { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required WsServices Services { get; init; }

    public required TopicHub Topics { get; init; }

    public required MemoryReclaimer Memory { get; init; }

    /// <summary>What each turn of a connection begins with.</summary>
    public required TurnLimits Turn { get; init; }

    /// <summary>The places that connections have.</summary>
    public required ConnectionLimit Connections { get; init; }

    /// <summary>A number that no other connection of this server has had.</summary>
    public long NextConnectionId() => Interlocked.Increment(ref _lastConnectionId);
}
