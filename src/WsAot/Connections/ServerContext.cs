using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Extensions.Logging;
using WsAot.Limits;
using WsAot.Logging;
using WsAot.Loops;
using WsAot.Memory;
using WsAot.Metrics;
using WsAot.Topics;

namespace WsAot.Connections;

/// <summary>
/// What all connections of a server share. Except for the options, its properties do not change after the server has started. Its members
/// are safe on any thread.
/// </summary>
internal sealed class ServerContext
{
    private WsServerOptions _options;
    private long _lastConnectionId;

    /// <summary>The server that the application sees.</summary>
    public required WsServer Server { get; init; }

    /// <summary>The options. They are never modified, only replaced (<see cref="WsServer.ApplyOptions(WsServerOptions)"/>).</summary>
    public required WsServerOptions Options
    {
        get => Volatile.Read(ref _options);
        [MemberNotNull(nameof(_options))]
        set => Volatile.Write(ref _options, value);
    }

    /// <summary>Whether the last reload found invalid options, so that the previous ones stay in use. Any thread.</summary>
    public bool IsReloadRefused { get; set; }

    public required ILogger Logger { get; init; }

    /// <summary>The level of the lines about connections that open and close.</summary>
    public LogLevel ConnectionLogLevel => Options.LogConnections ? LogLevel.Information : LogLevel.Debug;

    /// <summary>Logs what the server does to peers, such as refusing a request.</summary>
    public required PeerLog PeerLog { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required WsServices Services { get; init; }

    public required TopicHub Topics { get; init; }

    public required MemoryReclaimer Memory { get; init; }

    /// <summary>The limits that all connections share: by address, by user, of upgrades and of memory.</summary>
    public required ServerLimits Limits { get; init; }

    /// <summary>The work that one turn of a connection may do, in the units of <see cref="TurnCosts"/>.</summary>
    public required int TurnUnits { get; init; }

    /// <summary>Counts connections against the limit.</summary>
    public required ConnectionLimit Connections { get; init; }

    /// <summary>Identifies this run of the server: it differs from other servers and from earlier runs.</summary>
    public string NodeId { get; } = Random.Shared.Next().ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>Receives measured times in addition to the counters; null if nothing listens. Set before the server starts.</summary>
    public Durations? Durations { get; set; }

    /// <summary>Returns a number that no other connection of this server has had.</summary>
    public long NextConnectionId() => Interlocked.Increment(ref _lastConnectionId);
}
