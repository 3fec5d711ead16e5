namespace WsAot;

/// <summary>
/// The base of attributes that a <see cref="WsFilterAttribute"/> can read, without reflection, from the method that is being called
/// (<see cref="WsCall.GetAttribute{T}"/>). The generator writes <c>new YourAttribute(...)</c> from the arguments in the source, once for
/// each handler, and only for methods that have a filter.
/// </summary>
/// <remarks>
/// You can put it on the assembly (for all handlers of that assembly), on a handler class or its base classes (for all events and JSON-RPC
/// methods), and on an event or JSON-RPC method or one that it overrides. <see cref="AttributeUsageAttribute"/> on your own attribute
/// decides as usual where it is allowed, whether it is inherited, and whether a derived class or an override replaces it.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public abstract class WsMetadataAttribute : Attribute;
