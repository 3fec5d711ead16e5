namespace WsAot.Generators.Model;

/// <summary>The argument that is passed for one parameter.</summary>
/// <param name="Source">Where its value comes from.</param>
/// <param name="Type">
/// The type of a service, of a client interface or of the value that [OnUpgrade] passes on; the class of a logger; the expression of a
/// default.
/// </param>
/// <param name="Segment">The index of the segment of a route value; otherwise 0.</param>
/// <param name="Value">The type of a route value or query value.</param>
/// <param name="Query">Set for a query value.</param>
/// <param name="Service">Set for a required service.</param>
internal sealed record Argument(
    ArgumentSource Source,
    string? Type = null,
    int Segment = 0,
    ValueModel? Value = null,
    QueryModel? Query = null,
    ServiceModel? Service = null)
{
    /// <summary>Whether the call needs the request, so that the connection has to keep it.</summary>
    public bool NeedsRequest => Source is ArgumentSource.Request or ArgumentSource.RouteValue or ArgumentSource.RouteRest;

    public bool IsPayload => Source is ArgumentSource.PayloadSpan or ArgumentSource.PayloadMemory or ArgumentSource.PayloadText;
}
