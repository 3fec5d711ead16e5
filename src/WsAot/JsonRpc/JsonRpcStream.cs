namespace WsAot.JsonRpc;

/// <summary>
/// A call whose result is a stream. Each item is sent as <c>$/progress</c>. The next item is requested only while less than half of the
/// output limit is pending, so a slow client slows down the stream and nothing else.
/// </summary>
internal abstract class JsonRpcStream(JsonRpcPeer peer, JsonRpcBatch? batch, ReadOnlySpan<byte> id, CancellationTokenSource cancellation)
    : JsonRpcCall(peer, batch, id, cancellation)
{
    /// <summary>After this many items the stream yields: one that never waits would otherwise keep the loop to itself.</summary>
    private const int ItemsInRow = 32;

    private readonly CancellationToken _cancelled = cancellation.Token;

    /// <summary>
    /// Sends all items. Ends with an <see cref="OperationCanceledException"/> if the call is cancelled, even if the stream ignores its
    /// token.
    /// </summary>
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

    /// <summary>Sends the current item at once, even if the call is part of a batch.</summary>
    /// <returns>False if nothing can be sent any more.</returns>
    private bool SendCurrent()
    {
        JsonRpcOutput output = JsonRpcOutput.Rent();
        WriteCurrent(output);
        return Peer.Send(output, batch: null) != SendResult.Refused;
    }
}
