namespace WsAot.Generators.Model;

/// <summary>A method marked <c>[OnSubscribe]</c>.</summary>
/// <param name="InterfaceType">The interface whose topics it decides about.</param>
/// <param name="DeclaringType">The fully qualified name of the class that declares it.</param>
/// <param name="MethodName">The name in C#, without <c>@</c>.</param>
/// <param name="Arguments">
/// What is passed after the topic: the index of a value in the template, or <see cref="ConnectionClosed"/>.
/// </param>
internal sealed record SubscribeModel(
    string InterfaceType, string DeclaringType, string MethodName, ReturnKind Returns, EquatableArray<int> Arguments)
{
    /// <summary>The argument of a <c>CancellationToken</c>.</summary>
    public const int ConnectionClosed = -1;
}
