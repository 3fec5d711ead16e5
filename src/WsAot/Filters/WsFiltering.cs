using System.ComponentModel;

namespace WsAot.Filters;

/// <summary>Runs filters around the calls in generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WsFiltering
{
    /// <summary>Begins an event whose filters are all synchronous.</summary>
    /// <returns>Whether to call the method. If not, the event is done.</returns>
    public static bool TryEnter(WsFilteredMethod method, object handler, WsConnection connection, int payloadLength, out WsCall call)
    {
        call = Begin(method, handler, connection, payloadLength);
        if (call.Enter()) return true;
        EndRefused(call);
        return false;
    }

    /// <summary>Begins an event that has asynchronous filters; call <see cref="EnterAsync"/> next.</summary>
    public static WsCall Begin(WsFilteredMethod method, object handler, WsConnection connection, int payloadLength) =>
        WsCall.Rent(method, method.Kind, handler, connection, payloadLength);

    /// <summary>Runs the filters before an event's method.</summary>
    /// <returns>Whether to call the method. If not, the event is done.</returns>
    public static async ValueTask<bool> EnterAsync(WsCall call)
    {
        if (await call.EnterAsync()) return true;
        EndRefused(call);
        return false;
    }

    /// <summary>Ends the call after the method has thrown an exception. Throws if the filters replaced the exception.</summary>
    /// <returns>Whether the exception is handled; if not, throw it again.</returns>
    public static bool Fail(WsCall call, Exception exception) => call.Fail(exception);

    /// <summary>Ends the call after the method has returned.</summary>
    public static void Complete(WsCall call) => call.Complete();

    /// <summary>Ends the call when the task that the method returned has completed.</summary>
    public static ValueTask CompleteAsync(WsCall call, Task task) => call.CompleteAsync(new ValueTask(task));

    /// <inheritdoc cref="CompleteAsync(WsCall, Task)"/>
    public static ValueTask CompleteAsync(WsCall call, ValueTask task) => call.CompleteAsync(task);

    /// <inheritdoc cref="CompleteAsync(WsCall, Task)"/>
    public static ValueTask<T> CompleteAsync<T>(WsCall call, Task<T> task) => call.CompleteAsync(new ValueTask<T>(task));

    /// <inheritdoc cref="CompleteAsync(WsCall, Task)"/>
    public static ValueTask<T> CompleteAsync<T>(WsCall call, ValueTask<T> task) => call.CompleteAsync(task);

    private static void EndRefused(WsCall call)
    {
        try
        {
            call.CloseRefused();
        }
        finally
        {
            call.Release();
        }
    }
}
