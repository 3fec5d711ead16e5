using System.ComponentModel;
using WsAot.Routing;
using WsAot.Topics;

namespace WsAot.JsonRpc;

/// <summary>
/// A route whose text messages are JSON-RPC 2.0. For each handler with <see cref="JsonRpcMethodAttribute"/> methods, the generator derives
/// a class from it.
/// </summary>
/// <param name="options">The options in the handler's <see cref="WsRouteAttribute"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class JsonRpcRoute(WsRouteOptions options) : WsRoute(options)
{
    /// <summary>The largest number of characters in a topic's name.</summary>
    private const int MaxValues = 255;

    private List<TopicRule>? _rules;

    /// <inheritdoc/>
    internal sealed override ITopicFormat? TopicFormat => JsonRpcTopicFormat.Instance;

    /// <summary>Handles a message. Later messages do not wait for calls that are still running.</summary>
    public sealed override ValueTask OnText(object handler, WsConnection connection, in WsPayload payload) =>
        ((JsonRpcPeer)handler).Receive(this, payload);

    /// <summary>Finds the method, reads its parameters, calls it, and answers with its result.</summary>
    /// <returns>False if there is no such method.</returns>
    protected abstract bool Invoke(JsonRpcPeer peer, ref JsonRpcRequest request);

    /// <summary>
    /// Asks the handler whether its client may subscribe to a topic that a template of <see cref="WsRoute.Topics"/> matches.
    /// </summary>
    /// <param name="peer">The connection, with the handler.</param>
    /// <param name="subscription">The topic and the values in its name.</param>
    /// <param name="mayHear">The handler's answer; true if it has no such method.</param>
    /// <returns>False if a value does not have the type in the template: there is no such topic.</returns>
    protected virtual bool TrySubscribe(JsonRpcPeer peer, in JsonRpcSubscription subscription, out ValueTask<bool> mayHear)
    {
        mayHear = new ValueTask<bool>(true);
        return true;
    }

    /// <summary>Asks the handler whether its client may subscribe to a topic.</summary>
    /// <returns>False if there is no such topic.</returns>
    internal bool Ask(JsonRpcPeer peer, string topic, out ValueTask<bool> mayHear)
    {
        mayHear = default;
        List<TopicRule> rules = _rules ??= CreateRules();
        if (TopicRule.Find(rules, topic) is not { } rule) return false;
        Span<Range> values = stackalloc Range[MaxValues];
        int count = rule.FindValues(topic, values);
        var subscription = new JsonRpcSubscription(peer.Connection.Server, topic, rules.IndexOf(rule), values[..count]);
        return TrySubscribe(peer, in subscription, out mayHear);
    }

    private List<TopicRule> CreateRules()
    {
        var rules = new List<TopicRule>();
        foreach (WsTopicDeclaration declaration in Topics) rules.Add(new TopicRule(declaration.Template, declaration.Options));
        return rules;
    }

    internal bool Call(JsonRpcPeer peer, ref JsonRpcRequest request) => Invoke(peer, ref request);
}
