namespace WsAot.Generators.Model;

/// <summary>What a method gives back: nothing, a value, the promise of either, or many values one after the other.</summary>
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
