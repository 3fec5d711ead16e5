namespace WsAot.Filters;

/// <summary>The stream that a method with filters has returned. The call ends when the stream has ended or is cancelled.</summary>
/// <param name="call">The call.</param>
/// <param name="stream">Its task fails if the call has ended already. The stream can be enumerated once.</param>
internal sealed class WsCallStream<T>(WsCall call, ValueTask<IAsyncEnumerable<T>> stream) : IAsyncEnumerable<T>, IAsyncEnumerator<T>
{
    private CancellationToken _cancelled;
    private IAsyncEnumerator<T>? _items;
    private bool _isOver;

    public T Current => _items!.Current;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        _cancelled = cancellationToken;
        return this;
    }

    public async ValueTask<bool> MoveNextAsync()
    {
        IAsyncEnumerable<T>? items = null;
        if (_items is null)
        {
            // Until the method has been called, its filters end the call.
            _isOver = true;
            items = await stream;
            _isOver = false;
        }

        try
        {
            _items ??= items!.GetAsyncEnumerator(_cancelled);
            if (await _items.MoveNextAsync()) return true;
        }
        catch (Exception exception)
        {
            _isOver = true;
            call.Fail(exception);
            throw;
        }

        _isOver = true;
        call.Complete();
        return false;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_items is not null) await _items.DisposeAsync();
        }
        finally
        {
            if (!_isOver) Abandon();
        }
    }

    private void Abandon()
    {
        _isOver = true;
        // The caller already throws the reason why the stream ended.
        try
        {
            call.Fail(new OperationCanceledException(_cancelled));
        }
        catch (Exception)
        {
        }
    }
}
