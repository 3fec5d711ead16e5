namespace WsAot.Compression;

/// <summary>
/// Lets one connection of a loop at a time inflate a large message beyond its first part; the others wait in order. So many bombs at once
/// cost the memory of one and of a first part each, and each batch of the loop the work of one part. Used on that loop.
/// </summary>
internal sealed class LoopInflations
{
    private readonly Queue<IInflationWaiter> _waiting = new();
    private IInflationWaiter? _current;

    /// <summary>Whether it is the connection's turn to go on. If not, it is told when it is.</summary>
    public bool TryBegin(IInflationWaiter connection)
    {
        _current ??= connection;
        if (ReferenceEquals(_current, connection)) return true;
        _waiting.Enqueue(connection);
        return false;
    }

    /// <summary>A connection has finished its message, or ends. Nothing happens if it was not its turn.</summary>
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
