using WsAot;

namespace TemplateNamespace.Counting;

/// <summary>The methods that the server calls on its clients.</summary>
[JsonRpcClient]
internal interface ICounterClient
{
    [JsonRpcMethod("changed")]
    void Changed(long value);
}
