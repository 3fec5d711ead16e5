namespace WsAot.Generators.Model;

/// <summary>One handler class that has no mistake in it: all that its part of the generated file is made from.</summary>
/// <param name="TypeName">As code names it, from <c>global::</c> on.</param>
/// <param name="FullName">As a person names it: <c>MyApp.Chat</c>.</param>
/// <param name="Name">The class's own name.</param>
/// <param name="Template">The template as it was written.</param>
/// <param name="Segments">The template, parsed.</param>
/// <param name="JsonRpc">Null where it has no method that is called by JSON-RPC, and takes no client.</param>
internal sealed record HandlerModel(
    string TypeName,
    string FullName,
    string Name,
    string Template,
    EquatableArray<TemplateSegment> Segments,
    RouteOptionsModel Options,
    EquatableArray<Argument> ConstructorArguments,
    EquatableArray<EventMethod> Events,
    JsonRpcModel? JsonRpc);
