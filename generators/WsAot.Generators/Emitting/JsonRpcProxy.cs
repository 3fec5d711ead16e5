using WsAot.Generators.Model;

namespace WsAot.Generators.Emitting;

/// <summary>The class that makes the calls of a client interface in the JSON of one context.</summary>
internal sealed record JsonRpcProxy(string Context, JsonRpcClientModel Client, string ClassName);
