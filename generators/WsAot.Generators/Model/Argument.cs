namespace WsAot.Generators.Model;

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
