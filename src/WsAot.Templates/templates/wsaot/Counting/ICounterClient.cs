using WsAot;

namespace TemplateNamespace.Counting;

/// <summary>What the server calls on its clients.</summary>
[JsonRpcClient]
internal interface ICounterClient
{
    [JsonRpcMethod("changed")]
    void Changed(long value);
}
