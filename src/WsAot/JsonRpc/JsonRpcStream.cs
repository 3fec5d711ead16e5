namespace WsAot.JsonRpc;

/// <summary>
/// A call whose result is a stream. Each item is sent as <c>$/progress</c>. The next item is requested only while less than half of the
/// output limit is pending, so a slow client slows down the stream and nothing else.
/// </summary>
/// <remarks>
/// Items are charged to the connection's turn like messages. A stream whose items are always ready waits for the connection's next turn,
/// which all of its streams share. So a connection with many such streams costs other connections no more than one that sends messages.
/// </remarks>
internal abstract class JsonRpcStream : JsonRpcCall
{
    /// <summary>After this many items, the connection's other streams continue. 32 streams with 32 items each use up a turn.</summary>
    private const int ItemsInRow = 32;

    private readonly CancellationToken _cancelled;
    private readonly LinkedListNode<JsonRpcStream> _place;
    private TaskCompletionSource? _turn;

    protected JsonRpcStream(in JsonRpcRequest request)
        : base(in request)
    {
        _cancelled = request.CancellationSource!.Token;
        _place = new LinkedListNode<JsonRpcStream>(this);
    }

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
                _cancelled.ThrowIfCancellationRequested();
                if (++items % ItemsInRow == 0 || Peer.Session.IsTurnSpent || Peer.Session.IsOutputHalfFull) await WaitForTurn();
                _cancelled.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public override void Cancel()
    {
        base.Cancel();
        // If the client does not read, the stream would get no turn in which to stop.
        if (_turn is not null) Peer.StopWaiting(_place);
    }

    /// <summary>Continues at once, because the connection has a turn or the stream has been cancelled.</summary>
    public void Resume()
    {
        TaskCompletionSource turn = _turn!;
        _turn = null;
        turn.SetResult();
    }

    protected abstract ValueTask<bool> MoveNextAsync();

    protected abstract void WriteCurrent(JsonRpcOutput output);

    protected abstract ValueTask DisposeAsync();

    private Task WaitForTurn()
    {
        // The continuation runs inside the turn, so that its work is charged to that turn.
        _turn = new TaskCompletionSource();
        Task turn = _turn.Task;
        Peer.WaitForTurn(_place);
        return turn;
    }

    /// <summary>Sends the current item at once, even if the call is part of a batch.</summary>
    /// <returns>False if the connection can no longer send.</returns>
    private bool SendCurrent()
    {
        Peer.Session.ChargeCall(hasThrown: false);
        JsonRpcOutput output = JsonRpcOutput.Rent();
        WriteCurrent(output);
        return Peer.Send(output, batch: null) != SendResult.Refused;
    }
}
