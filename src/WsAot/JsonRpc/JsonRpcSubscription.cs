using System.ComponentModel;

namespace WsAot.JsonRpc;

/// <summary>A client's request for a topic. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct JsonRpcSubscription
{
    private readonly ReadOnlySpan<Range> _values;

    internal JsonRpcSubscription(WsServer server, string name, int declaration, ReadOnlySpan<Range> values)
    {
        (Server, Name, Declaration) = (server, name, declaration);
        _values = values;
    }

    /// <summary>The topic's name.</summary>
    public string Name { get; }

    /// <summary>The index of the declaration in <see cref="Routing.WsRoute.Topics"/> whose template matches.</summary>
    public int Declaration { get; }

    /// <summary>The target for a proxy of the topic's subscribers.</summary>
    public JsonRpcTarget Target => new JsonRpcTopicTarget(Server, Name);

    private WsServer Server { get; }

    /// <summary>A value of the template; never empty.</summary>
    /// <param name="index">0 for the first value of the template.</param>
    public ReadOnlySpan<char> this[int index] => Name.AsSpan(_values[index]);
}
