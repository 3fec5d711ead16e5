namespace WsAot.Generators.Model;

/// <summary>The argument that is passed for one parameter.</summary>
/// <param name="Source">Where its value comes from.</param>
/// <param name="Name">The name of the parameter if it has to be a named argument, because an optional one before it is left out.</param>
/// <param name="Type">
/// The type of a service, of a parsed route value, of a client interface or of the value that [OnUpgrade] passes on.
/// </param>
/// <param name="Segment">The index of the segment of a route value; otherwise 0.</param>
/// <param name="Enum">The enum, if the route value is one.</param>
internal sealed record Argument(ArgumentSource Source, string? Name, string? Type, int Segment, EnumModel? Enum = null)
{
    /// <summary>Whether the call needs the request, so that the connection has to keep it.</summary>
    public bool NeedsRequest => Source is ArgumentSource.Request || IsRouteValue;

    public bool IsRouteValue => Source is ArgumentSource.RouteText or ArgumentSource.RouteRest || IsParsed;

    public bool IsParsed => Source is ArgumentSource.RouteUtf8Value
        or ArgumentSource.RouteUtf16Value
        or ArgumentSource.RouteDateTime
        or ArgumentSource.RouteDateTimeOffset
        or ArgumentSource.RouteEnum;

    public bool IsPayload => Source is ArgumentSource.PayloadSpan or ArgumentSource.PayloadMemory or ArgumentSource.PayloadText;
}
