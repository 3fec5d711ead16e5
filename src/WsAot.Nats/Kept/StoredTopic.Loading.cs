namespace WsAot.Nats.Kept;

/// <summary>How it loads what the stream has kept.</summary>
internal sealed partial class StoredTopic
{
    private async Task LoadAsync()
    {
        CancellationToken closed = _closed.Token;
        await _work.TryUntilDoneAsync(SubscribeAsync).ConfigureAwait(false);
        // NATS knows of it then: what is asked for from there on comes behind what is not sent to it.
        await _work.TryUntilDoneAsync(async () => await _link.Connection.PingAsync(closed).ConfigureAwait(false)).ConfigureAwait(false);
        await ReadKeptAsync().ConfigureAwait(false);
    }

    private async Task ReadKeptAsync()
    {
        CancellationToken closed = _closed.Token;
        bool isDone;
        do
        {
            var part = new StreamPart(0, _stream.Rule) { KeepFrom = FirstHeld };
            long epoch = 0;
            await _work.TryUntilDoneAsync(async () =>
            {
                // If it changes meanwhile, the topic is lost.
                epoch = await _stream.WaitForEpochAsync(closed).ConfigureAwait(false);
                Task Read() => StreamReader.ReadAsync(_stream, _stream.SubjectOf(_name), part, closed);
                await _stream.Loads.ReadAsync(Read, closed).ConfigureAwait(false);
            }).ConfigureAwait(false);
            if (closed.IsCancellationRequested) return;
            isDone = Use(epoch, part);
        }
        while (!isDone);
    }

    /// <summary>The first message that came live and waits.</summary>
    private long FirstHeld()
    {
        lock (_lock) return _held.TryPeek(out KeptMessage? held) ? held.Offset : long.MaxValue;
    }

    private async Task TakeUnusedAsync()
    {
        StreamPart? part;
        bool isDropped;
        lock (_lock) (part, isDropped, _unused, _isDropped) = (_unused, _isDropped, null, false);
        _stream.Loads.Release(this);
        // Neither: it is still being read.
        if (isDropped || (part is not null && !Use(_epoch, part))) await ReadKeptAsync().ConfigureAwait(false);
    }

    /// <summary>Takes over what was read, or keeps it if nobody is here.</summary>
    /// <returns>False if what somebody waits for is not in it any more.</returns>
    private bool Use(long epoch, StreamPart part)
    {
        lock (_lock)
        {
            if (part.Floor > 0 && part.Messages.First().Offset >= FirstHeld()) return false;
            if (Interlocked.CompareExchange(ref _state, Done, Loading) == Loading)
            {
                Load(epoch, part);
                return true;
            }

            (_unused, _epoch) = (part, epoch);
        }

        _stream.Loads.Keep(this, part.Cost, DropUnused);
        bool isKept;
        lock (_lock) isKept = ReferenceEquals(_unused, part) && !_closed.IsCancellationRequested;
        // Somebody came meanwhile, or it has ended.
        if (!isKept) _stream.Loads.Release(this);
        return true;
    }

    /// <summary>Takes over what was kept before the first message that came live. Under the lock.</summary>
    private void Load(long epoch, StreamPart part)
    {
        // Who subscribes already hears what was published since then, also if it was read.
        long first = FirstHeld();
        List<KeptMessage> messages = part.Take(out _);
        int count = messages.FindIndex(message => message.Offset >= first);
        if (count < 0) count = messages.Count;
        DateTimeOffset now = _time.GetUtcNow();
        _topic.Load(epoch, messages[..count].ConvertAll(message => message.ToStored(now)), part.Floor);
        _last = count > 0 ? messages[count - 1].Offset : 0;
        TakeRead(messages, isConnected: true);
        EndReading();
        _loaded.TrySetResult();
    }

    /// <summary>What it has loaded takes too much: if somebody comes, it loads again.</summary>
    private void DropUnused()
    {
        lock (_lock)
        {
            if (_unused is null) return;
            (_unused, _isDropped) = (null, true);
            _held.Clear();
        }
    }
}
