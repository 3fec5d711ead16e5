namespace WsAot.JsonRpc;

/// <summary>
/// A call whose result is a stream. Each item goes out as <c>$/progress</c>; the next is asked for when less than half of the output that may
/// wait does, so that a slow peer slows down the stream and nothing else.
/// </summary>
internal abstract class JsonRpcStream(JsonRpcPeer peer, JsonRpcBatch? batch, ReadOnlySpan<byte> id, CancellationTokenSource cancellation)
    : JsonRpcCall(peer, batch, id, cancellation)
{
    /// <summary>After so many items the loop gets its turn: those of a stream that never waits would else keep it for themselves.</summary>
    private const int ItemsInRow = 32;

    private readonly CancellationToken _cancelled = cancellation.Token;

    /// <summary>Sends all items. Ends with an <see cref="OperationCanceledException"/> where the call is cancelled, whether the stream heeds it or not.</summary>
    public async Task SendAllAsync()
    {
        try
        {
            int items = 0;
            while (await MoveNextAsync())
            {
                _cancelled.ThrowIfCancellationRequested();
                if (!SendCurrent()) Cancel();
                if (Peer.Session.IsOutputHalfFull) await Peer.WaitForOutput().WaitAsync(_cancelled);
                else if (++items % ItemsInRow == 0) await Task.Yield();
                _cancelled.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await DisposeAsync();
        }
    }

    protected abstract ValueTask<bool> MoveNextAsync();

    protected abstract void WriteCurrent(JsonRpcOutput output);

    protected abstract ValueTask DisposeAsync();

    /// <summary>Sends the current item, also where it is the answer to a call in a batch.</summary>
    /// <returns>False: nothing can be sent any more.</returns>
    private bool SendCurrent()
    {
        JsonRpcOutput output = JsonRpcOutput.Rent();
        WriteCurrent(output);
        return Peer.Send(output, batch: null) != SendResult.Refused;
    }
}
