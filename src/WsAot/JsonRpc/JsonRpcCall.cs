using System.Diagnostics;
using WsAot.Connections;
using WsAot.Metrics;

namespace WsAot.JsonRpc;

/// <summary>
/// A call that is still running after its method has returned. Later messages do not wait for it. Used on the connection's loop; it is its
/// own node in the peer's list of calls.
/// </summary>
internal class JsonRpcCall
{
    private readonly JsonRpcBatch? _batch;
    private readonly byte[] _id;
    private readonly CancellationTokenSource? _cancellation;
    private readonly MethodCounters _counters;
    private readonly long _startMs;
    private readonly Activity? _activity;

    public JsonRpcCall(in JsonRpcRequest request)
    {
        Peer = request.Peer;
        _batch = request.Batch;
        _id = request.Id.ToArray();
        _cancellation = request.CancellationSource;
        HeldBytes = request.Id.Length + request.Parameters.Length;
        _batch?.Hold();
        LoopState loop = Peer.Session.Loop;
        loop.Counters.CallsNoted++;
        _counters = Peer.Session.Counters.OfMethod(request.Method);
        _startMs = loop.NowMs;
        if (MeterFeature.IsSupported) _activity = JsonRpcTracing.Keep();
    }

    public JsonRpcCall? Next { get; set; }

    public JsonRpcCall? Previous { get; set; }

    /// <summary>The id as the client sent it; empty for a notification.</summary>
    public ReadOnlySpan<byte> Id => _id;

    /// <summary>The bytes of its message that it holds: the id and the parameters, by their length in the message.</summary>
    public int HeldBytes { get; }

    public bool IsCancelled => _cancellation is { IsCancellationRequested: true };

    protected JsonRpcPeer Peer { get; }

    /// <summary>The batch of the call; null if it is not part of a batch.</summary>
    protected JsonRpcBatch? Batch => _batch;

    /// <summary>Ends the call when its task has completed.</summary>
    public async void Run(Task task)
    {
        Peer.Add(this);
        try
        {
            // Resumes on the loop: the method was called there, and the loop has a SynchronizationContext.
            await task;
            if (_id.Length > 0) Answer();
            _counters.CountEnded(isSucceeded: true);
            if (_activity is not null) JsonRpcTracing.End(_activity, null);
        }
        catch (Exception exception)
        {
            _counters.CountEnded(isSucceeded: false);
            if (_activity is not null) JsonRpcTracing.End(_activity, exception);
            Peer.Fail(_id, _batch, exception, IsCancelled);
        }
        finally
        {
            // Also if there is no memory for an answer: otherwise the connection could not end.
            Peer.Remove(this);
            Peer.ObserveTime(_counters, TimeSpan.FromMilliseconds(Peer.Session.Loop.NowMs - _startMs));
            _batch?.Release();
        }
    }

    /// <summary>Cancels the method's token, if it takes one. The method decides whether to stop.</summary>
    public virtual void Cancel()
    {
        try
        {
            _cancellation?.Cancel();
        }
        catch (AggregateException exception)
        {
            Peer.Report(exception);
        }
    }

    protected virtual void WriteResult(JsonRpcOutput output) => output.WriteNullResult(Id);

    /// <summary>Sends the answer.</summary>
    protected virtual void Answer()
    {
        JsonRpcOutput output = JsonRpcOutput.Rent();
        WriteResult(output);
        Peer.Send(output, _batch);
    }
}
