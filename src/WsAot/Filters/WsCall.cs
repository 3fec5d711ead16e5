using WsAot.Filters;

namespace WsAot;

/// <summary>
/// A call of a handler's method, as its <see cref="WsFilterAttribute"/>s see it. Use it on the connection's loop, and not after the call
/// has ended: the object is reused for other calls.
/// </summary>
public sealed partial class WsCall
{
    private WsFilteredMethod _method = null!;
    private FilterState[] _states = [];

    // The filter that is being called. The filters with a lower index have been entered.
    private int _index;
    private bool _mayRefuse;

    private WsCall()
    {
    }

    /// <summary>The connection of the call.</summary>
    public WsConnection Connection { get; private set; } = null!;

    /// <summary>The services of the connection: <see cref="WsConnection.Services"/>.</summary>
    public IServiceProvider Services => Connection.Services;

    /// <summary>The handler object of the connection.</summary>
    public object Handler { get; private set; } = null!;

    /// <summary>The kind of the call.</summary>
    public WsCallKind Kind { get; private set; }

    /// <summary>Whether the call is a JSON-RPC call; otherwise it is an event.</summary>
    public bool IsJsonRpc => Kind is WsCallKind.JsonRpcRequest or WsCallKind.JsonRpcNotification;

    /// <summary>The full name of the handler class, such as <c>MyApp.Chat</c>.</summary>
    public string HandlerName => _method.HandlerName;

    /// <summary>The name of the method in C#.</summary>
    public string MethodName => _method.MethodName;

    /// <summary>The name of the method in JSON-RPC; for an event, that of its attribute, such as <c>OnText</c>.</summary>
    public string Name => _method.Name;

    /// <summary>
    /// The length in bytes of the message, or of the JSON text of a JSON-RPC call's parameters. 0 for events without a payload.
    /// </summary>
    public int PayloadLength { get; private set; }

    /// <summary>
    /// The <see cref="WsMetadataAttribute"/>s of the method, filters included: first the assembly's, then the class's, then the method's.
    /// </summary>
    public IReadOnlyList<WsMetadataAttribute> Attributes => _method.Attributes;

    /// <summary>
    /// In <see cref="WsFilterAttribute.OnCalled"/>: the exception that the call failed with, after <see
    /// cref="WsFilterAttribute.OnException"/>; null if it succeeded. For a stream that the client cancelled, it is an <see
    /// cref="OperationCanceledException"/>.
    /// </summary>
    public Exception? Exception { get; private set; }

    /// <summary>Whether a filter has refused the call, so that the method was not called.</summary>
    public bool IsRefused => Refusal is not null;

    /// <summary>Any value that the current filter passes from one of its methods to another. Each filter of a call has its own.</summary>
    public object? State
    {
        get => _states[_index].State;
        set => _states[_index].State = value;
    }

    /// <summary>
    /// A number that the current filter passes from one of its methods to another, such as the time at which the call began. Each filter of
    /// a call has its own.
    /// </summary>
    public long Timestamp
    {
        get => _states[_index].Timestamp;
        set => _states[_index].Timestamp = value;
    }

    /// <summary>Why the call was refused; null if it was not.</summary>
    internal string? Refusal { get; private set; }

    internal int RefusalCode { get; private set; }

    private ushort RefusalCloseCode { get; set; }

    /// <summary>The attribute of this type that is nearest to the method; null if there is none.</summary>
    /// <typeparam name="T">The attribute, a base class of it, or an interface that it implements.</typeparam>
    public T? GetAttribute<T>()
        where T : class
    {
        WsMetadataAttribute[] attributes = _method.Attributes;
        for (int i = attributes.Length - 1; i >= 0; i--)
        {
            if (attributes[i] is T found) return found;
        }

        return null;
    }

    /// <summary>
    /// Refuses the call, from <see cref="WsFilterAttribute.OnCalling"/> or <see cref="WsFilterAttribute.OnCallingAsync"/>: the method and
    /// the filters inside this one are not called. A JSON-RPC request is answered with an error, which costs less than throwing a <see
    /// cref="JsonRpcException"/>; a notification is dropped. A refused event closes the connection. <see cref="WsCallKind.Close"/> cannot
    /// be refused, because the handler must always clean up.
    /// </summary>
    /// <param name="reason">A short sentence that the client sees: the message of the error, or the reason of the close frame.</param>
    /// <param name="errorCode">The code of the JSON-RPC error. JSON-RPC 2.0 reserves -32768 to -32000 for itself and for servers.</param>
    /// <param name="closeCode">The close code for an event, as for <see cref="WsConnection.Close"/>. 1008 means a policy violation.</param>
    /// <exception cref="InvalidOperationException">The call has begun already.</exception>
    public void Refuse(string reason, int errorCode = -32001, ushort closeCode = 1008)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (!_mayRefuse) throw new InvalidOperationException("Refuse a call in OnCalling or OnCallingAsync: this one has begun already.");
        if (Kind != WsCallKind.Close) (Refusal, RefusalCode, RefusalCloseCode) = (reason, errorCode, closeCode);
    }

    private struct FilterState
    {
        public object? State;
        public long Timestamp;
    }
}
