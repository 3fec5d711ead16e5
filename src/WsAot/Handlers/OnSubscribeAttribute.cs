namespace WsAot;

/// <summary>
/// Marks the method that decides who may subscribe to the topics of an interface. Its first parameter is the interface: a proxy for the
/// subscribers of this topic. The others are the values of the topic's template, by name. It returns <c>bool</c>, <see cref="Task{T}"/> or
/// <see cref="ValueTask{T}"/> of <c>bool</c>: false answers the client with the error -32002. A <see cref="JsonRpcException"/> that it
/// throws is answered as such. Topics without such a method are open to all clients of the route.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnSubscribeAttribute : Attribute;
