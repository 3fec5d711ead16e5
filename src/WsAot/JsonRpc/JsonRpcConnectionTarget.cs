using System.Text.Json.Serialization.Metadata;
using WsAot.Connections;
using WsAot.Loops;
using WsAot.Protocol.Frames;

namespace WsAot.JsonRpc;

/// <summary>
/// The client of one connection, and the requests that it has not answered. Proxies call it on any thread, the peer on the loop.
/// </summary>
internal sealed class JsonRpcConnectionTarget(JsonRpcPeer peer) : JsonRpcTarget
{
    private Dictionary<long, JsonRpcPending>? _pending;
    private long _lastId;

    private Session Session => peer.Session;

    private LoopState Loop => peer.Session.Loop;

    public override void Notify(ref JsonRpcOutgoing message)
    {
        message.Output.EndNotification();
        Session.SendOrDrop(message.Output.Written);
        message.Output.Return();
    }

    public override ValueTask<WsTopicPosition> PublishAt(ref JsonRpcOutgoing message)
    {
        // A message to a single client has no position, because no topic keeps it.
        Notify(ref message);
        return default;
    }

    public override Task Request(ref JsonRpcOutgoing message, int timeoutMs, CancellationToken cancellationToken) =>
        Request(ref message, new JsonRpcAnswer<object?>(this, NextId(), timeoutMs, type: null, mayBeNull: true), cancellationToken);

    public override Task<T> Request<T>(
        ref JsonRpcOutgoing message, JsonTypeInfo<T> result, int timeoutMs, CancellationToken cancellationToken) =>
        Request(ref message, new JsonRpcAnswer<T>(this, NextId(), timeoutMs, result, mayBeNull: true), cancellationToken);

    public override Task<T> RequestNotNull<T>(
        ref JsonRpcOutgoing message, JsonTypeInfo<T> result, int timeoutMs, CancellationToken cancellationToken) =>
        Request(ref message, new JsonRpcAnswer<T>(this, NextId(), timeoutMs, result, mayBeNull: false), cancellationToken);

    /// <summary>Whether any request has not been answered.</summary>
    public bool IsWaiting => _pending is { Count: > 0 };

    /// <summary>Completes a request with the client's response.</summary>
    /// <returns>False if the id is unknown: late, repeated or invented.</returns>
    public bool TryAnswer(in JsonRpcEnvelope message, ReadOnlySpan<byte> utf8)
    {
        if (_pending is null
            || !JsonRpcText.TryReadOwnId(message.Id.Of(utf8), out long id)
            || !_pending.Remove(id, out JsonRpcPending? pending))
        {
            return false;
        }

        Loop.Timers.Cancel(pending);
        ReadOnlySpan<byte> error = message.Error.Of(utf8);
        if (error.IsEmpty || error.SequenceEqual("null"u8)) pending.SetResult(message.Result.Of(utf8));
        else pending.SetException(JsonRpcText.ReadError(error));
        return true;
    }

    /// <summary>Cancels all requests when the connection has ended.</summary>
    public void OnEnded()
    {
        if (_pending is null) return;
        foreach (JsonRpcPending pending in _pending.Values)
        {
            Loop.Timers.Cancel(pending);
            pending.SetCanceled(peer.Connection.ConnectionClosed);
        }

        _pending.Clear();
    }

    /// <summary>Called when a request has timed out.</summary>
    public void OnTimeout(JsonRpcPending pending)
    {
        GiveUp(pending);
        pending.SetException(new JsonRpcTimeoutException(pending.TimeoutMs));
    }

    /// <summary>Cancels a request whose caller no longer waits. Any thread.</summary>
    public void Cancel(JsonRpcPending pending, CancellationToken token)
    {
        if (!Loop.IsCurrent)
        {
            Loop.Post(new CancelWorkItem(this, pending, token));
            return;
        }

        GiveUp(pending);
        pending.SetCanceled(token);
    }

    private Task<T> Request<T>(ref JsonRpcOutgoing message, JsonRpcAnswer<T> pending, CancellationToken cancellationToken)
    {
        Begin(pending, ref message, cancellationToken);
        return pending.Task;
    }

    private long NextId() => Interlocked.Increment(ref _lastId);

    private void Begin(JsonRpcPending pending, ref JsonRpcOutgoing message, CancellationToken token)
    {
        JsonRpcOutput output = message.Output;
        output.EndRequest(pending.Id);
        pending.CancelBy(token);
        if (Loop.IsCurrent) Send(pending, output.Written);
        else Post(pending, output.Written);
        output.Return();
    }

    private void Post(JsonRpcPending pending, ReadOnlySpan<byte> utf8)
    {
        // The loop of a stopped server runs no more work, but everything posted before the connection ended has run.
        if (Session.State != WsState.Closed)
        {
            if (Session.TryReservePosted(utf8.Length)) Loop.Post(new SendWorkItem(this, pending, utf8.ToArray()));
            else pending.SetException(new JsonRpcBacklogException());
        }

        if (Session.State == WsState.Closed) pending.SetCanceled(peer.Connection.ConnectionClosed);
    }

    private void Send(JsonRpcPending pending, ReadOnlySpan<byte> utf8)
    {
        if (pending.IsCompleted) return;
        peer.HearOfEnd();
        WsState state = Session.State;
        if (state == WsState.Connecting)
        {
            pending.SetException(new InvalidOperationException(
                "The connection is not open yet: call the client in [OnOpen] or later, not in the constructor."));
        }
        else if (state == WsState.Closed || peer.HasEnded)
        {
            pending.SetCanceled(peer.Connection.ConnectionClosed);
        }
        else if (state == WsState.Open && Session.Send(Opcode.Text, utf8) == SendResult.Refused)
        {
            pending.SetException(new JsonRpcBacklogException());
        }
        else
        {
            // A closing connection cannot send the request: the request ends with the connection, like earlier ones.
            (_pending ??= []).Add(pending.Id, pending);
            Loop.Timers.Schedule(pending, Loop.NowMs + pending.TimeoutMs);
        }
    }

    private void GiveUp(JsonRpcPending pending)
    {
        if (_pending is null || !_pending.Remove(pending.Id)) return;
        Loop.Timers.Cancel(pending);
        JsonRpcOutput output = JsonRpcOutput.Rent();
        output.WriteCancel(pending.Id);
        Session.SendOrDrop(output.Written);
        output.Return();
    }

    private sealed class SendWorkItem(JsonRpcConnectionTarget target, JsonRpcPending pending, byte[] utf8) : LoopWorkItem
    {
        public override void Run()
        {
            target.Session.ReleasePosted(utf8.Length);
            target.Send(pending, utf8);
        }
    }

    private sealed class CancelWorkItem(JsonRpcConnectionTarget target, JsonRpcPending pending, CancellationToken token) : LoopWorkItem
    {
        public override void Run() => target.Cancel(pending, token);
    }
}
