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

/// <summary>What is passed for one parameter.</summary>
/// <param name="Source">Where its value comes from.</param>
/// <param name="Name">The parameter's name where it must be written because an optional one before it is left out.</param>
/// <param name="Type">The type of a service, of a parsed route value, of a client interface or of what [OnUpgrade] hands over.</param>
/// <param name="Segment">The index of a route value's segment.</param>
internal sealed record Argument(ArgumentSource Source, string? Name, string? Type, int Segment)
{
    /// <summary>Whether the request has to be there when the call is made.</summary>
    public bool NeedsRequest => Source is ArgumentSource.Request || IsRouteValue;

    public bool IsRouteValue => Source is ArgumentSource.RouteText or ArgumentSource.RouteRest || IsParsed;

    public bool IsParsed => Source is ArgumentSource.RouteUtf8Value or ArgumentSource.RouteUtf16Value;

    public bool IsPayload => Source is ArgumentSource.PayloadSpan or ArgumentSource.PayloadMemory or ArgumentSource.PayloadText;
}
