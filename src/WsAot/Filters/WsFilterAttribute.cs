namespace WsAot;

/// <summary>
/// Runs code around the calls of a handler's JSON-RPC methods and events. Derive an attribute from it, and put it on a method, on a handler
/// class, or on the assembly. Several filters nest: the assembly's filters are outermost, then the class's, then the method's. In one
/// place, the first one written is outermost. <see cref="OnUpgradeAttribute"/> methods have no filters, because there is no connection yet.
/// </summary>
/// <remarks>
/// One instance serves all connections of a handler, on all threads: keep the state of a call in <see cref="WsCall.State"/> or <see
/// cref="WsCall.Timestamp"/>. The methods are called on the connection's loop. A filter that does not override <see cref="OnCallingAsync"/>
/// leaves a synchronous method synchronous, and allocates nothing.
/// </remarks>
public abstract class WsFilterAttribute : WsMetadataAttribute
{
    /// <summary>
    /// Called before the method. To let the call continue, return; to stop it, call <see cref="WsCall.Refuse"/> or throw. For a JSON-RPC
    /// method, the parameters have been read already.
    /// </summary>
    public virtual void OnCalling(WsCall call)
    {
    }

    /// <summary>
    /// Called after <see cref="OnCalling"/>, and awaited before the call continues. Meanwhile, an event holds back later messages of the
    /// connection; a JSON-RPC call does not hold back later calls. If you override this method, every filtered call becomes asynchronous,
    /// and the payload of an event is copied. Pass the token <see cref="WsConnection.ConnectionClosed"/> of the call's connection to the
    /// operation that you await.
    /// </summary>
    public virtual ValueTask OnCallingAsync(WsCall call) => default;

    /// <summary>
    /// Called when the method, or a filter inside this one, has thrown an exception. Return the exception, or one that replaces it: a <see
    /// cref="JsonRpcException"/> becomes the answer to a JSON-RPC call.
    /// </summary>
    /// <returns>
    /// The exception, or one that replaces it. Null if it is handled: an event then ends as if the method had returned. A JSON-RPC call has
    /// no result to return, so its exception stays.
    /// </returns>
    public virtual Exception? OnException(WsCall call, Exception exception) => exception;

    /// <summary>
    /// Called when the call has ended: its task has completed, its stream has ended or was cancelled, it has thrown an exception (<see
    /// cref="WsCall.Exception"/>), or a filter inside this one has refused it (<see cref="WsCall.IsRefused"/>). Not called if this filter
    /// stopped the call. If it throws, the call fails with that exception.
    /// </summary>
    public virtual void OnCalled(WsCall call)
    {
    }
}
