using WsAot;

namespace TemplateNamespace.Counting;

/// <summary>The topic <c>counter</c>: what those who subscribe to it hear.</summary>
[JsonRpcClient, WsTopic("counter")]
internal interface ICounter
{
    [JsonRpcMethod("changed")]
    void Changed(long value);
}
