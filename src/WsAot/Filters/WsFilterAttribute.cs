namespace WsAot;

/// <summary>
/// Runs code around the calls of a handler's JSON-RPC methods and events. Derive an attribute from it, and put it on a method, on a handler
/// class, or on the assembly. Several filters nest: the assembly's around the class's around the method's; of those in one place, the one
/// that is written first is around the others. <see cref="OnUpgradeAttribute"/> methods have no filters, since there is no connection yet.
/// </summary>
/// <remarks>
/// One instance serves all connections of a handler, on all threads: keep what belongs to a call in <see cref="WsCall.State"/> or
/// <see cref="WsCall.Timestamp"/>. Called on the connection's loop. A filter that does not override <see cref="OnCallingAsync"/> leaves a
/// synchronous method synchronous, and allocates nothing.
/// </remarks>
public abstract class WsFilterAttribute : WsMetadataAttribute
{
    /// <summary>
    /// Called before the method. Return to let the call go on; <see cref="WsCall.Refuse"/> it, or throw, to stop it. For a JSON-RPC method,
    /// the parameters have been read already.
    /// </summary>
    public virtual void OnCalling(WsCall call)
    {
    }

    /// <summary>
    /// Called after <see cref="OnCalling"/>, and awaited before the call goes on. While it waits, later messages of the connection wait
    /// too; a JSON-RPC call is in flight instead, and later calls begin. Overriding it makes every call that it is around asynchronous, and
    /// an event's payload is copied. Give what you wait for the token <see cref="WsConnection.ConnectionClosed"/> of the call's connection.
    /// </summary>
    public virtual ValueTask OnCallingAsync(WsCall call) => default;

    /// <summary>
    /// Called when the method, or a filter inside of this one, has thrown an exception. Return it, or another that takes its place: a
    /// <see cref="JsonRpcException"/> becomes the answer to a JSON-RPC call.
    /// </summary>
    /// <returns>
    /// The exception, or another. Null if it is handled: the event ends as if the method had returned. A JSON-RPC call has no result then,
    /// so its exception stays.
    /// </returns>
    public virtual Exception? OnException(WsCall call, Exception exception) => exception;

    /// <summary>
    /// Called when the call has ended: its task has completed, its stream has ended or was cancelled, it has thrown an exception
    /// (<see cref="WsCall.Exception"/>), or a filter inside of this one has refused it (<see cref="WsCall.IsRefused"/>). Not called if this
    /// filter itself stopped the call. If it throws, the call fails with that exception.
    /// </summary>
    public virtual void OnCalled(WsCall call)
    {
    }
}
