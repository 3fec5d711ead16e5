namespace WsAot.Generators.Model;

/// <summary>How a handler is disposed.</summary>
/// <param name="IsAsynchronous">Whether it implements <c>IAsyncDisposable</c>, which is then used alone.</param>
/// <param name="DeclaringType">
/// The fully qualified name of the class whose method is called; null: the interface's method is called.
/// </param>
internal sealed record DisposalModel(bool IsAsynchronous, string? DeclaringType);
