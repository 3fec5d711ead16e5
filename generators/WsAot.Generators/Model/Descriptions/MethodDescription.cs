namespace WsAot.Generators.Model;

/// <summary>A method that one side calls and the other side implements.</summary>
/// <param name="Name">The name in JSON.</param>
/// <param name="Result">The shape of the result, or of each item of a stream; null if there is none.</param>
/// <param name="Parameters">The parameters that are read from the message.</param>
/// <param name="IsCancellable">Whether it takes a <c>CancellationToken</c>.</param>
/// <param name="Summary">The summary of its documentation comment.</param>
/// <param name="ResultSummary">What its documentation comment says about the result.</param>
internal sealed record MethodDescription(
    string Name,
    JsonRpcReturn Returns,
    Shape? Result,
    EquatableArray<ParameterDescription> Parameters,
    bool IsCancellable,
    string? Summary,
    string? ResultSummary);
