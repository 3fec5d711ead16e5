namespace WsAot.Nats.Kept;

/// <summary>Loading the stored messages of the stream.</summary>
internal sealed partial class StoredTopic
{
    private async Task LoadAsync()
    {
        CancellationToken closed = _closed.Token;
        await _work.TryUntilDoneAsync(SubscribeAsync).ConfigureAwait(false);
        // After the answer, NATS knows the subscription: it then sends every message that a later read could miss.
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
                // If the epoch changes meanwhile, the topic is lost.
                epoch = await _stream.WaitForEpochAsync(closed).ConfigureAwait(false);
                Task Read() => StreamReader.ReadAsync(_stream, _stream.SubjectOf(_name), part, closed);
                await _stream.Loads.ReadAsync(Read, closed).ConfigureAwait(false);
            }).ConfigureAwait(false);
            if (closed.IsCancellationRequested) return;
            isDone = Use(epoch, part);
        }
        while (!isDone);
    }

    /// <summary>The number of the first live message that waits.</summary>
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
        // If neither is true, the messages are still being read.
        if (isDropped || (part is not null && !Use(_epoch, part))) await ReadKeptAsync().ConfigureAwait(false);
    }

    /// <summary>Loads the messages into the topic, or keeps them if it has no subscribers.</summary>
    /// <returns>False if the part no longer has a message that is needed.</returns>
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
        // Meanwhile a subscriber has come, or the topic has ended.
        if (!isKept) _stream.Loads.Release(this);
        return true;
    }

    /// <summary>Loads the messages stored before the first live message. Under the lock.</summary>
    private void Load(long epoch, StreamPart part)
    {
        // Current subscribers get the later messages as new ones, even if they were read.
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

    /// <summary>Drops the loaded messages because they take too much memory. For the next subscriber, the topic loads again.</summary>
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
