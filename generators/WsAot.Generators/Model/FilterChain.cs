namespace WsAot.Generators.Model;

/// <summary>The filters of a method, with the other attributes that they can read.</summary>
/// <param name="Attributes">Indices of <see cref="HandlerModel.FilterAttributes"/>, the outermost first.</param>
/// <param name="IsAsynchronous">Whether a filter may wait before the method is called.</param>
internal sealed record FilterChain(EquatableArray<int> Attributes, bool IsAsynchronous);
