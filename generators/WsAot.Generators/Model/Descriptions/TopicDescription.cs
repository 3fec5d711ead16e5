namespace WsAot.Generators.Model;

/// <summary>Topics that clients of a route can subscribe to.</summary>
/// <param name="Messages">The interface with what subscribers are told.</param>
internal sealed record TopicDescription(TopicModel Model, ClientDescription Messages);
