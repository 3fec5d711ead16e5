namespace WsAot.Generators.Model;

/// <summary>A method that one side calls and the other has.</summary>
/// <param name="Name">The name in JSON.</param>
/// <param name="Result">The shape of the result, or of each item; null where there is none.</param>
/// <param name="Parameters">Those that come from JSON.</param>
/// <param name="IsCancellable">Whether it takes a <c>CancellationToken</c>.</param>
/// <param name="Summary">What its documentation says.</param>
/// <param name="ResultSummary">What its documentation says of the result.</param>
internal sealed record MethodDescription(
    string Name,
    JsonRpcReturn Returns,
    Shape? Result,
    EquatableArray<ParameterDescription> Parameters,
    bool IsCancellable,
    string? Summary,
    string? ResultSummary);
