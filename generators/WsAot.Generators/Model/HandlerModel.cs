namespace WsAot.Generators.Model;

/// <summary>A valid handler class with one of its routes, and everything that the generated code of the route needs.</summary>
/// <param name="TypeName">The fully qualified name, with <c>global::</c>.</param>
/// <param name="FullName">With the namespace: <c>MyApp.Chat</c>.</param>
/// <param name="Name">Without the namespace.</param>
/// <param name="Template">The template as it was written.</param>
/// <param name="Segments">The template, parsed.</param>
/// <param name="Disposal">Null if it cannot be disposed.</param>
/// <param name="JsonRpc">Null if it has no JSON-RPC method and no client interface.</param>
internal sealed record HandlerModel(
    string TypeName,
    string FullName,
    string Name,
    string Template,
    EquatableArray<TemplateSegment> Segments,
    RouteOptionsModel Options,
    EquatableArray<Argument> ConstructorArguments,
    EquatableArray<EventMethod> Events,
    DisposalModel? Disposal,
    JsonRpcModel? JsonRpc)
{
    /// <summary>A unique key of the route: a class can have several.</summary>
    public string Key => TypeName + " " + Template;

    /// <summary>The attributes of all filter chains, as C# expressions that create them.</summary>
    public EquatableArray<string> FilterAttributes { get; init; }
}
