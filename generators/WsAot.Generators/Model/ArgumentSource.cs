namespace WsAot.Generators.Model;

/// <summary>Where the value of a parameter comes from.</summary>
internal enum ArgumentSource
{
    Connection,
    Server,
    Request,
    CancellationToken,
    ServiceProvider,

    /// <summary>A service that must be registered.</summary>
    RequiredService,

    /// <summary>A service, or null if it is not registered.</summary>
    OptionalService,

    /// <summary>The logger of a class.</summary>
    Logger,

    /// <summary>The value that [OnUpgrade] passes on.</summary>
    UpgradeValue,

    /// <summary>A segment of the path.</summary>
    RouteValue,

    /// <summary>The rest of the path, as text.</summary>
    RouteRest,

    /// <summary>A value of the query, or all values of one key.</summary>
    QueryValue,

    /// <summary>The default of a parameter that another route of the class gives a value.</summary>
    Default,

    PayloadSpan,
    PayloadMemory,
    PayloadText,
    Close,

    /// <summary>A client interface that calls the client of this connection.</summary>
    JsonRpcClient,

    /// <summary>A client interface that calls the subscribers of a topic.</summary>
    JsonRpcTopic,
}
