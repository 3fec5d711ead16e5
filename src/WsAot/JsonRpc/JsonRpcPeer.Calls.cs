using WsAot.Connections;

namespace WsAot.JsonRpc;

/// <summary>Calls that are still running after their methods have returned.</summary>
public sealed partial class JsonRpcPeer : IPendingCalls
{
    private const int DefaultMaxRequestsInFlight = 32;

    private JsonRpcCall? _firstCall;
    private int _callCount;
    private LinkedList<JsonRpcStream>? _waitingStreams;
    private bool _hearsOfEnd;

    bool IPendingCalls.HasPendingCalls => _callCount > 0;

    /// <summary>Whether one more call may keep running after its method has returned.</summary>
    internal bool MayBegin =>
        _callCount < (_options.MaxRequestsInFlight > 0 ? _options.MaxRequestsInFlight : DefaultMaxRequestsInFlight);

    /// <summary>Whether the connection has closed, so that all running calls have been cancelled.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>Adds a call that is still running after its method has returned.</summary>
    internal void Add(JsonRpcCall call)
    {
        call.Next = _firstCall;
        if (_firstCall is not null) _firstCall.Previous = call;
        _firstCall = call;
        _callCount++;
        Session.OnCallPending(call.HeldBytes);
        HearOfEnd();
        if (HasEnded) call.Cancel();
    }

    /// <summary>Removes a call that has ended.</summary>
    internal void Remove(JsonRpcCall call)
    {
        if (call.Previous is null) _firstCall = call.Next;
        else call.Previous.Next = call.Next;
        if (call.Next is not null) call.Next.Previous = call.Previous;
        _callCount--;
        Session.OnCallEnded(call.HeldBytes);
    }

    /// <summary>Makes a stream wait for the connection's next turn in which less than half of the output limit is pending.</summary>
    internal void WaitForTurn(LinkedListNode<JsonRpcStream> stream)
    {
        (_waitingStreams ??= []).AddLast(stream);
        if (!Session.IsOutputHalfFull) Session.RequestTurnForCalls();
    }

    /// <summary>Continues a cancelled stream without a turn.</summary>
    internal void StopWaiting(LinkedListNode<JsonRpcStream> stream)
    {
        _waitingStreams!.Remove(stream);
        stream.Value.Resume();
    }

    void IPendingCalls.OnTurn()
    {
        if (_unfinished is { } unfinished) GoOn(unfinished);
        if (_waitingStreams is not { Count: > 0 } waiting) return;
        // A stream that waits again continues in the next turn.
        for (int count = waiting.Count; count > 0 && !Session.IsTurnSpent && !Session.IsOutputHalfFull; count--)
        {
            if (waiting.First is not { } next) return;
            StopWaiting(next);
        }

        if (waiting.Count > 0 && !Session.IsOutputHalfFull) Session.RequestTurnForCalls();
    }

    bool IPendingCalls.OnTopicEnded(string topic, bool isLost) => _topics?.OnEnded(topic, isLost) == true;

    void IPendingCalls.OnOutputProgress()
    {
        if (_waitingStreams is { Count: > 0 } && !Session.IsOutputHalfFull) Session.RequestTurnForCalls();
    }

    /// <summary>Makes sure that running calls and requests to the client are cancelled when the connection ends.</summary>
    internal void HearOfEnd()
    {
        if (_hearsOfEnd) return;
        _hearsOfEnd = true;
        if (Session.State == WsState.Closed) OnEnded();
        else Connection.ConnectionClosed.UnsafeRegister(static peer => ((JsonRpcPeer)peer!).OnEnded(), this);
    }

    /// <returns>Whether such a call is running.</returns>
    private bool Cancel(ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty) return false;
        for (JsonRpcCall? call = _firstCall; call is not null; call = call.Next)
        {
            if (call.IsCancelled || !call.Id.SequenceEqual(id)) continue;
            call.Cancel();
            return true;
        }

        return false;
    }

    private void OnEnded()
    {
        HasEnded = true;
        // A cancelled call may leave the list at once.
        var calls = new List<JsonRpcCall>(_callCount);
        for (JsonRpcCall? call = _firstCall; call is not null; call = call.Next) calls.Add(call);
        foreach (JsonRpcCall call in calls) call.Cancel();
        _client?.OnEnded();
        _topics?.OnEnded();
    }
}
