using System.ComponentModel;

namespace WsAot.Filters;

/// <summary>A method of a handler that has filters. Generated code has one object for each.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WsFilteredMethod
{
    /// <param name="kind">The event; for a JSON-RPC method, <see cref="WsCallKind.JsonRpcRequest"/>.</param>
    /// <param name="handlerName">The full name of the handler class.</param>
    /// <param name="methodName">The name in C#.</param>
    /// <param name="name">The name in JSON-RPC, or of the event's attribute.</param>
    /// <param name="attributes">The attributes, outermost first.</param>
    public WsFilteredMethod(WsCallKind kind, string handlerName, string methodName, string name, WsMetadataAttribute[] attributes)
    {
        (Kind, HandlerName, MethodName, Name, Attributes) = (kind, handlerName, methodName, name, attributes);
        var filters = new List<WsFilterAttribute>(attributes.Length);
        foreach (WsMetadataAttribute attribute in attributes)
        {
            if (attribute is WsFilterAttribute filter) filters.Add(filter);
        }

        Filters = filters.ToArray();
    }

    internal WsCallKind Kind { get; }

    internal string HandlerName { get; }

    internal string MethodName { get; }

    internal string Name { get; }

    internal WsMetadataAttribute[] Attributes { get; }

    internal WsFilterAttribute[] Filters { get; }
}
