using WsAot;

namespace TemplateNamespace.Counting;

/// <summary>The topic <c>counter</c>: the messages that its subscribers receive.</summary>
[JsonRpcClient, WsTopic("counter")]
internal interface ICounter
{
    [JsonRpcMethod("changed")]
    void Changed(long value);
}
