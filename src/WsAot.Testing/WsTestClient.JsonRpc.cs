using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WsAot.Testing.JsonRpc;
using WsAot.Testing.Running;

namespace WsAot.Testing;

/// <summary>
/// JSON-RPC 2.0. After the first use of one of these members, only these members read text messages that are JSON-RPC; <see
/// cref="ReceiveTextAsync"/> no longer gets them.
/// </summary>
public sealed partial class WsTestClient
{
    private RpcPeer? _rpc;

    private RpcPeer Rpc => _rpc ?? BeginRpc();

    /// <summary>Calls a method of the server, and waits for its result.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The parameters in order: <c>[1, 2]</c>; null for none.</param>
    /// <param name="cancellationToken">Asks the server to cancel the call (<c>$/cancelRequest</c>).</param>
    /// <exception cref="JsonRpcException">The server answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    /// <exception cref="WsTestException">No answer has arrived, and none will.</exception>
    public async Task<T> CallAsync<T>(string method, object?[]? arguments = null, CancellationToken cancellationToken = default) =>
        (await AskAsync(method, arguments, cancellationToken)).Deserialize<T>(Rpc.Options)!;

    /// <inheritdoc cref="CallAsync{T}(string, object?[], CancellationToken)"/>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The parameters in order: <c>[1, 2]</c>; null for none.</param>
    /// <param name="resultType">The metadata of the result's type: a property of your JsonSerializerContext.</param>
    /// <param name="cancellationToken">Asks the server to cancel the call (<c>$/cancelRequest</c>).</param>
    public async Task<T> CallAsync<T>(
        string method, object?[]? arguments, JsonTypeInfo<T> resultType, CancellationToken cancellationToken = default) =>
        (await AskAsync(method, arguments, cancellationToken)).Deserialize(resultType)!;

    /// <summary>Calls a method of the server that returns nothing, and waits until it has ended.</summary>
    /// <inheritdoc cref="CallAsync{T}(string, object?[], CancellationToken)"/>
    public Task CallAsync(string method, object?[]? arguments = null, CancellationToken cancellationToken = default) =>
        AskAsync(method, arguments, cancellationToken);

    /// <summary>Calls a method of the server with parameters by name.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="arguments">An object with a property for each parameter, such as <c>new { first = 1 }</c>.</param>
    /// <param name="cancellationToken">Asks the server to cancel the call (<c>$/cancelRequest</c>).</param>
    /// <exception cref="JsonRpcException">The server answered with an error.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    /// <exception cref="WsTestException">No answer has arrived, and none will.</exception>
    public async Task<T> CallByNameAsync<T>(string method, object arguments, CancellationToken cancellationToken = default) =>
        (await AskAsync(method, arguments, cancellationToken)).Deserialize<T>(Rpc.Options)!;

    /// <summary>
    /// Calls a method that returns a stream. The call begins with the enumeration; if you leave the enumeration early, the call is
    /// cancelled.
    /// </summary>
    /// <typeparam name="T">The type of the items.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The parameters in order; null for none.</param>
    /// <param name="cancellationToken">Asks the server to cancel the call (<c>$/cancelRequest</c>).</param>
    /// <exception cref="JsonRpcException">The server answered with an error.</exception>
    /// <exception cref="WsTestException">Neither an item nor the end of the stream has arrived, and none will.</exception>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        string method, object?[]? arguments = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        RpcPending call = Begin(method, arguments);
        using CancellationTokenRegistration registration = CancelBy(call, cancellationToken);
        try
        {
            while (await NextItemAsync(call, method) is { } item)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item.Deserialize<T>(Rpc.Options)!;
            }

            ThrowIfFailed(call, cancellationToken);
        }
        finally
        {
            Pump.Do(() =>
            {
                Rpc.Cancel(call);
                Rpc.Forget(call);
            });
        }
    }

    /// <summary>Sends a notification.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">The parameters in order; null for none.</param>
    public Task NotifyAsync(string method, object?[]? arguments = null) => Act(() =>
    {
        ThrowIfEnded();
        Rpc.Notify(method, arguments);
    });

    /// <summary>Reads the next notification of the server.</summary>
    /// <param name="method">The method that it must have; null for any.</param>
    /// <exception cref="WsTestException">None has arrived and none will, or the next one has another method.</exception>
    public async Task<WsTestNotification> ReceiveNotificationAsync(string? method = null)
    {
        RpcPeer rpc = Rpc;
        string expected = method is null ? "a notification" : $"the notification {method}";
        await WaitAsync(() => rpc.Notifications.Count > 0, expected);
        return Pump.Do(() =>
        {
            WsTestNotification next = rpc.Notifications.Peek();
            if (method is not null && next.Method != method) throw Missing(expected, WaitEnd.There);
            return TakeNotification()!;
        });
    }

    /// <summary>Reads the next notification if one has arrived. It does not wait: use it to show that no notification came.</summary>
    /// <param name="notification">The notification.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryReceiveNotification([NotNullWhen(true)] out WsTestNotification? notification)
    {
        notification = Pump.Do(TakeNotification) ?? Pump.Do(TakeNotification);
        return notification is not null;
    }

    /// <summary>
    /// Takes the next request of the server that <c>OnCall</c> does not answer. Answer it yourself, or leave it unanswered.
    /// </summary>
    /// <param name="method">The method; null for any.</param>
    /// <exception cref="WsTestException">None has arrived, and none will.</exception>
    public async Task<WsTestCall> ReceiveCallAsync(string? method = null)
    {
        RpcPeer rpc = Rpc;
        WsTestCall? call = null;
        await WaitAsync(
            () => (call = rpc.Calls.Find(call => method is null || call.Method == method)) is not null && rpc.Calls.Remove(call),
            method is null ? "a call" : $"the call {method}");
        return call!;
    }

    /// <summary>Answers each request of the server for a method, including those that have already arrived.</summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="answer">
    /// Returns the result, or throws a <see cref="JsonRpcException"/>. It runs within the server, so it can send messages, but cannot read
    /// any.
    /// </param>
    public void OnCall<TResult>(string method, Func<TResult> answer) => Pump.Do(() => Rpc.OnCall(method, _ => answer()));

    /// <inheritdoc cref="OnCall{TResult}(string, Func{TResult})"/>
    /// <typeparam name="T">The type of the first parameter.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    public void OnCall<T, TResult>(string method, Func<T, TResult> answer) =>
        Pump.Do(() => Rpc.OnCall(method, call => answer(call.GetArgument<T>(0))));

    /// <inheritdoc cref="OnCall{TResult}(string, Func{TResult})"/>
    /// <typeparam name="T1">The type of the first parameter.</typeparam>
    /// <typeparam name="T2">The type of the second parameter.</typeparam>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    public void OnCall<T1, T2, TResult>(string method, Func<T1, T2, TResult> answer) =>
        Pump.Do(() => Rpc.OnCall(method, call => answer(call.GetArgument<T1>(0), call.GetArgument<T2>(1))));

    internal RpcPeer? CurrentRpc => _rpc;

    private RpcPeer BeginRpc() => Pump.Look(() =>
    {
        if (_rpc is not null) return _rpc;
        _rpc = new RpcPeer(_connection, Pump, _server.GetJsonOptions());
        _connection.Taker = _rpc.Take;
        // Handle earlier messages too, because [OnOpen] may have sent some.
        for (int i = _connection.Messages.Count; i > 0; i--)
        {
            WsTestMessage message = _connection.Messages.Dequeue();
            if (_rpc.Take(message)) _connection.OnRead(message.Payload.Length);
            else _connection.Messages.Enqueue(message);
        }

        return _rpc;
    });

    private WsTestNotification? TakeNotification()
    {
        if (!Rpc.Notifications.TryDequeue(out WsTestNotification? notification)) return null;
        _connection.OnRead(0);
        return notification;
    }

    private async Task<JsonElement> AskAsync(string method, object? arguments, CancellationToken cancellationToken)
    {
        RpcPending call = Begin(method, arguments);
        using CancellationTokenRegistration registration = CancelBy(call, cancellationToken);
        try
        {
            await WaitAsync(() => call.IsDone, $"the result of {method}");
        }
        finally
        {
            Pump.Do(() => Rpc.Forget(call));
        }

        ThrowIfFailed(call, cancellationToken);
        return call.Result;
    }

    private RpcPending Begin(string method, object? arguments) => Pump.Do(() =>
    {
        ThrowIfEnded();
        return Rpc.Call(method, arguments);
    });

    private CancellationTokenRegistration CancelBy(RpcPending call, CancellationToken cancellationToken) =>
        cancellationToken.UnsafeRegister(_ => Pump.Do(() => Rpc.Cancel(call)), null);

    private async Task<JsonElement?> NextItemAsync(RpcPending call, string method)
    {
        JsonElement? item = null;
        await WaitAsync(
            () =>
            {
                if (call.Items.TryDequeue(out JsonElement next)) item = next;
                if (item is not null) _connection.OnRead(0);
                return item is not null || call.IsDone;
            },
            $"the next item of {method}");
        return item;
    }

    private static void ThrowIfFailed(RpcPending call, CancellationToken cancellationToken)
    {
        const int Cancelled = -32800;
        if (call.Error is not { } error) return;
        if (error.Code == Cancelled) cancellationToken.ThrowIfCancellationRequested();
        throw error;
    }
}
