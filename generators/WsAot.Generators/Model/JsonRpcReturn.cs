namespace WsAot.Generators.Model;

/// <summary>How a method returns: nothing, a value, a task of either, or a stream of values.</summary>
internal enum JsonRpcReturn
{
    Void,
    Value,
    Task,
    TaskOfValue,
    ValueTask,
    ValueTaskOfValue,
    Stream,
}
