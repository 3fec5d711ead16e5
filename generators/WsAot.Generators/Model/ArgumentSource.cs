namespace WsAot.Generators.Model;

/// <summary>Where the value of a parameter comes from.</summary>
internal enum ArgumentSource
{
    Connection,
    Request,
    CancellationToken,
    ServiceProvider,

    /// <summary>A service that must be registered.</summary>
    RequiredService,

    /// <summary>A service, or null if it is not registered.</summary>
    OptionalService,

    /// <summary>The value that [OnUpgrade] passes on.</summary>
    UpgradeValue,

    /// <summary>A segment of the path, as text.</summary>
    RouteText,

    /// <summary>The rest of the path, as text.</summary>
    RouteRest,

    /// <summary>A segment of the path, parsed from UTF-8.</summary>
    RouteUtf8Value,

    /// <summary>A segment of the path, parsed from UTF-16.</summary>
    RouteUtf16Value,

    /// <summary>A segment of the path, parsed as a point in time in UTC.</summary>
    RouteDateTime,

    /// <summary>A segment of the path, parsed as a point in time with its offset.</summary>
    RouteDateTimeOffset,

    /// <summary>A segment of the path that names a member of an enum.</summary>
    RouteEnum,

    PayloadSpan,
    PayloadMemory,
    PayloadText,
    Close,

    /// <summary>A client interface that calls the client of this connection.</summary>
    JsonRpcClient,

    /// <summary>A client interface that calls the subscribers of a topic.</summary>
    JsonRpcTopic,
}
