using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using WsAot.Filters;
using WsAot.Logging;

namespace WsAot;

/// <summary>Runs the filters around a call.</summary>
public sealed partial class WsCall
{
    private Exception? _closeFailure;

    // A synchronous call has ended before the next one begins, so one object for each thread is enough.
    [ThreadStatic]
    private static WsCall? s_spare;

    /// <summary>Returns an object for a call that has not begun.</summary>
    internal static WsCall Rent(WsFilteredMethod method, WsCallKind kind, object handler, WsConnection connection, int payloadLength)
    {
        WsCall call = s_spare ?? new WsCall();
        s_spare = null;
        call._method = method;
        call.Kind = kind;
        call.Handler = handler;
        call.Connection = connection;
        call.PayloadLength = payloadLength;
        if (call._states.Length < method.Filters.Length) call._states = new FilterState[method.Filters.Length];
        return call;
    }

    /// <summary>Clears the object and frees it for another call.</summary>
    internal void Release()
    {
        Array.Clear(_states);
        Connection = null!;
        Handler = null!;
        Exception = null;
        _closeFailure = null;
        Refusal = null;
        s_spare = this;
    }

    /// <summary>Runs the filters before the method.</summary>
    /// <returns>Whether to call the method. If false, the call has ended: the caller reports a refusal and releases the object.</returns>
    internal bool Enter()
    {
        _mayRefuse = true;
        for (_index = 0; _index < _method.Filters.Length; _index++)
        {
            try
            {
                _method.Filters[_index].OnCalling(this);
            }
            catch (Exception exception) when (Kind == WsCallKind.Close)
            {
                // The [OnClose] method must run, because it may free something. The exception is thrown afterwards.
                _closeFailure ??= exception;
            }
            catch (Exception exception)
            {
                if (IsHandled(exception)) return false;
                throw;
            }

            if (IsRefused) return OnRefused();
        }

        _mayRefuse = false;
        return true;
    }

    /// <inheritdoc cref="Enter"/>
    internal async ValueTask<bool> EnterAsync()
    {
        _mayRefuse = true;
        for (_index = 0; _index < _method.Filters.Length; _index++)
        {
            WsFilterAttribute filter = _method.Filters[_index];
            try
            {
                filter.OnCalling(this);
                if (!IsRefused) await filter.OnCallingAsync(this);
            }
            catch (Exception exception) when (Kind == WsCallKind.Close)
            {
                // The [OnClose] method must run, because it may free something. The exception is thrown afterwards.
                _closeFailure ??= exception;
            }
            catch (Exception exception)
            {
                if (IsHandled(exception)) return false;
                throw;
            }

            if (IsRefused) return OnRefused();
        }

        _mayRefuse = false;
        return true;
    }

    /// <summary>Ends the call after the method, and the task or stream that it returned, have ended. Throws if a filter throws.</summary>
    internal void Complete()
    {
        Exception? failure = _closeFailure;
        if (!IsHandled(failure)) ExceptionDispatchInfo.Throw(failure!);
        Release();
    }

    /// <summary>Ends the call after the method has thrown an exception. Throws if the filters replaced the exception.</summary>
    /// <returns>Whether the exception is handled; if not, the caller throws it again.</returns>
    internal bool Fail(Exception exception)
    {
        if (!IsHandled(exception)) return false;
        Release();
        return true;
    }

    /// <summary>Ends the call when the task has completed.</summary>
    internal ValueTask CompleteAsync(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully) return AwaitAsync(task);
        task.GetAwaiter().GetResult();
        Complete();
        return default;
    }

    /// <inheritdoc cref="CompleteAsync(ValueTask)"/>
    internal ValueTask<T> CompleteAsync<T>(ValueTask<T> task)
    {
        if (!task.IsCompletedSuccessfully) return AwaitAsync(task);
        T result = task.Result;
        Complete();
        return new ValueTask<T>(result);
    }

    /// <summary>Logs an event that was refused, and closes its connection.</summary>
    internal void CloseRefused()
    {
        if (Refusal is not { } reason) return;
        // A client can cause many of these, so build nothing for a line that is not logged.
        ILogger logger = Connection.Session.Loop.Server.Logger;
        if (logger.IsEnabled(LogLevel.Debug)) Log.EventRefused(logger, HandlerName, Name, Connection.Id, RefusalCloseCode, reason);
        Connection.Close(RefusalCloseCode, reason);
    }

    private async ValueTask AwaitAsync(ValueTask task)
    {
        try
        {
            await task;
        }
        catch (Exception exception)
        {
            if (Fail(exception)) return;
            throw;
        }

        Complete();
    }

    private async ValueTask<T> AwaitAsync<T>(ValueTask<T> task)
    {
        T result;
        try
        {
            result = await task;
        }
        catch (Exception exception)
        {
            Fail(exception);
            throw;
        }

        Complete();
        return result;
    }

    private bool OnRefused()
    {
        IsHandled(null);
        return false;
    }

    /// <summary>
    /// Ends the call. If it fails, releases the object, and throws the exception if it is not the one that was passed in.
    /// </summary>
    /// <returns>True if the call succeeded or the filters handled the exception.</returns>
    private bool IsHandled(Exception? exception)
    {
        _mayRefuse = false;
        Exception? left = Unwind(exception);
        if (left is null) return true;
        Release();
        if (!ReferenceEquals(left, exception)) ExceptionDispatchInfo.Throw(left);
        return false;
    }

    /// <summary>Runs the entered filters after the method, innermost first.</summary>
    /// <returns>The exception that the call fails with; null if it succeeded.</returns>
    private Exception? Unwind(Exception? exception)
    {
        while (--_index >= 0)
        {
            WsFilterAttribute filter = _method.Filters[_index];
            Exception = exception is null ? null : Map(filter, exception);
            try
            {
                filter.OnCalled(this);
            }
            catch (Exception thrown)
            {
                Exception = thrown;
            }

            exception = Exception;
        }

        return exception;
    }

    private Exception? Map(WsFilterAttribute filter, Exception exception)
    {
        try
        {
            return filter.OnException(this, exception) ?? (IsJsonRpc ? exception : null);
        }
        catch (Exception thrown)
        {
            return thrown;
        }
    }
}
