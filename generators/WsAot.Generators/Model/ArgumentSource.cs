namespace WsAot.Generators.Model;

/// <summary>Where the value of a parameter comes from.</summary>
internal enum ArgumentSource
{
    Connection,
    Request,
    CancellationToken,
    ServiceProvider,

    /// <summary>A service that must be there.</summary>
    RequiredService,

    /// <summary>A service, or null.</summary>
    OptionalService,

    /// <summary>What [OnUpgrade] hands over.</summary>
    UpgradeValue,

    /// <summary>A segment of the path, as text.</summary>
    RouteText,

    /// <summary>All segments that are left, as text.</summary>
    RouteRest,

    /// <summary>A segment of the path, parsed from UTF-8.</summary>
    RouteUtf8Value,

    /// <summary>A segment of the path, parsed from UTF-16.</summary>
    RouteUtf16Value,

    PayloadSpan,
    PayloadMemory,
    PayloadText,
    Close,

    /// <summary>An interface of methods of the client, which speaks to this connection.</summary>
    JsonRpcClient,

    /// <summary>The same, for the subscribers of topics.</summary>
    JsonRpcTopic,
}
