using WsAot.Generators.Model;

namespace WsAot.Generators.Emitting;

/// <summary>The generated class that implements a client interface with the JSON of one context.</summary>
internal sealed record JsonRpcProxy(string Context, JsonRpcClientModel Client, string ClassName);
