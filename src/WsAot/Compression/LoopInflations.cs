namespace WsAot.Compression;

/// <summary>
/// Lets one connection of a loop at a time inflate a large message beyond its first part; the others wait in order. So if many clients send
/// compression bombs at once, they take the memory of one message and of one part each, and every batch of the loop inflates one part. Used
/// on that loop.
/// </summary>
internal sealed class LoopInflations
{
    private readonly Queue<IInflationWaiter> _waiting = new();
    private IInflationWaiter? _current;

    /// <summary>Whether the connection may go on. If not, it is called when its turn comes.</summary>
    public bool TryBegin(IInflationWaiter connection)
    {
        _current ??= connection;
        if (ReferenceEquals(_current, connection)) return true;
        _waiting.Enqueue(connection);
        return false;
    }

    /// <summary>A connection has finished its message, or is ending. Has no effect if it was not its turn.</summary>
    public void End(IInflationWaiter connection)
    {
        if (!ReferenceEquals(_current, connection)) return;
        _current = null;
        while (_current is null && _waiting.TryDequeue(out IInflationWaiter? next))
        {
            if (next.IsWaitingToInflate) _current = next;
        }

        _current?.OnMayInflate();
    }
}
