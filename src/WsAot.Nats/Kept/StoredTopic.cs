using System.Buffers;
using WsAot.Nats.Connecting;
using WsAot.Nats.Core;
using WsAot.Nats.Messages;
using WsAot.Topics;

namespace WsAot.Nats.Kept;

/// <summary>
/// A topic with history that has subscribers on this server. It subscribes to the messages that the stream publishes, loads the stored
/// ones, and joins the two by their numbers. When it sees a gap, it reads the missing messages before it continues. If the last subscriber
/// leaves before the topic is loaded, the loading continues for the next subscriber.
/// </summary>
internal sealed partial class StoredTopic
{
    /// <summary>The number of live messages that are held while older ones are read. Further ones are read from the stream too.</summary>
    private const int MaxHeld = 1000;

    private const int Loading = 0;
    private const int Left = 1;
    private const int Done = 2;

    private readonly string _name;
    private readonly RuleStream _stream;
    private readonly NatsLink _link;
    private readonly Func<string?, long, ISubscriber?> _findExcept;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closed = new();
    private readonly StoreWork _work;
    private readonly Lock _lock = new();
    private readonly Queue<KeptMessage> _held = new();
    private volatile KeptTopic _topic;
    private TaskCompletionSource _loaded = NewSignal();
    private TaskCompletionSource _settled = NewSignal();
    private TopicSubscription? _subscription;
    private StreamPart? _unused;
    private long _epoch;
    private long _leftAt;
    private int _state;
    private long _last;
    private bool _isReading = true;
    private bool _isAgain;
    private bool _isDropped;

    /// <param name="topic">The topic.</param>
    /// <param name="stream">The stream that keeps its messages.</param>
    /// <param name="link">The connection.</param>
    /// <param name="findExcept">Finds the connection that does not get a message, by the server and the number in the message.</param>
    /// <param name="time">The clock.</param>
    public StoredTopic(
        KeptTopic topic, RuleStream stream, NatsLink link, Func<string?, long, ISubscriber?> findExcept, TimeProvider time)
    {
        (_topic, _name, _stream, _link, _findExcept, _time) = (topic, topic.Name, stream, link, findExcept, time);
        _work = new StoreWork(link, topic.Name, _closed.Token);
    }

    /// <summary>The topic of this server's subscribers.</summary>
    public KeptTopic Topic => _topic;

    public RuleStream Stream => _stream;

    /// <summary>Ends when its messages are loaded.</summary>
    public Task Loaded => _loaded.Task;

    /// <summary>Begins to load. Any thread.</summary>
    public void Open() => _ = Task.Run(LoadAsync);

    /// <summary>The time since the last subscriber left, if that was before the topic was loaded.</summary>
    public TimeSpan LeftFor => _time.GetElapsedTime(Volatile.Read(ref _leftAt));

    /// <summary>
    /// Called when the last subscriber has left. If the topic is not loaded yet, loading continues for a later subscriber. Under the
    /// topic's lock.
    /// </summary>
    /// <returns>False if the topic is loaded.</returns>
    public bool TryLeave()
    {
        Volatile.Write(ref _leftAt, _time.GetTimestamp());
        if (Interlocked.CompareExchange(ref _state, Left, Loading) != Loading) return false;
        // Callers that wait for the messages check again.
        Interlocked.Exchange(ref _loaded, NewSignal()).TrySetCanceled();
        return true;
    }

    /// <summary>
    /// Called when the topic has a subscriber again. Under the topic's lock, so it must not take its own lock, which is always taken first.
    /// </summary>
    public void ComeBack(KeptTopic topic)
    {
        _topic = topic;
        Volatile.Write(ref _state, Loading);
        _ = Task.Run(TakeUnusedAsync);
    }

    /// <summary>Ends the topic. Any thread.</summary>
    public void Close() => _ = Task.Run(CloseAsync);

    /// <summary>Reads messages of the stream that were not seen here yet, if there are any. Any thread.</summary>
    /// <returns>A task that ends when that is done.</returns>
    public Task Check()
    {
        lock (_lock)
        {
            if (_isReading) _isAgain = true;
            else BeginReading();
            return _settled.Task;
        }
    }

    /// <summary>Whether the topic has seen a message.</summary>
    public bool HasSeen(long offset)
    {
        lock (_lock) return offset <= _last;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task CloseAsync()
    {
        await _closed.CancelAsync().ConfigureAwait(false);
        TopicSubscription? subscription;
        lock (_lock) (subscription, _subscription) = (_subscription, null);
        // Callers that wait for the messages check again.
        _loaded.TrySetCanceled();
        _stream.Loads.Release(this);
        if (subscription is not null) await subscription.UnsubscribeAsync().ConfigureAwait(false);
    }

    private async Task SubscribeAsync()
    {
        var subscription = new TopicSubscription(_link.Connection, _stream.LiveSubjectOf(_name), Receive);
        lock (_lock)
        {
            if (_closed.IsCancellationRequested) return;
            _subscription = subscription;
        }

        await _link.Connection.AddSubAsync(subscription, _closed.Token).ConfigureAwait(false);
    }

    private void Receive(in ReadOnlySequence<byte> headers, in ReadOnlySequence<byte> payload)
    {
        MessageHeaders read = MessageHeaders.Read(headers);
        // Only messages from the stream have numbers.
        if (read.Sequence == 0) return;
        _stream.OnHeard(read.Sequence);
        byte[] bytes = payload.ToArray();
        var message = new KeptMessage(
            read.Sequence, read.LastSequence, PayloadKind.Of(read, bytes), bytes, read.Node, read.Except, _time.GetUtcNow());
        lock (_lock)
        {
            if (message.Offset <= _last || _isDropped) return;
            bool isNext = message.Before <= _last;
            if (!_isReading && isNext)
            {
                Deliver(message);
                return;
            }

            Hold(message);
            if (!_isReading) BeginReading();
        }
    }

    private void Hold(KeptMessage message)
    {
        if (_held.Count == MaxHeld)
        {
            _held.Clear();
            _isAgain = true;
        }

        _held.Enqueue(message);
    }

    /// <summary>Under the lock.</summary>
    private void BeginReading()
    {
        _isReading = true;
        _settled = NewSignal();
        _ = Task.Run(ReadAsync);
    }

    private Task ReadAsync() => _work.TryUntilDoneAsync(async () =>
    {
        bool isAgain;
        do
        {
            long after;
            lock (_lock) (after, _isAgain) = (_last, false);
            StreamPart part = null!;
            // Deliver messages as they arrive, so that a long gap does not take memory.
            part = new StreamPart(after) { Fetched = () => TakeRead(part) };
            await StreamReader.ReadAsync(_stream, _stream.SubjectOf(_name), part, _closed.Token).ConfigureAwait(false);
            TakeRead(part);
            lock (_lock) isAgain = EndReading();
        }
        while (isAgain);
    });

    private void TakeRead(StreamPart part)
    {
        lock (_lock) TakeRead(part.Take(out bool isConnected), isConnected);
    }

    /// <summary>Delivers messages that were read and not seen yet. Under the lock.</summary>
    private void TakeRead(List<KeptMessage> messages, bool isConnected)
    {
        long before = isConnected ? _last : 0;
        foreach (KeptMessage message in messages)
        {
            if (message.Offset > _last) Deliver(message with { Before = before == 0 ? 0 : _last });
            before = message.Offset;
        }
    }

    /// <summary>Delivers the messages that were held meanwhile. Under the lock.</summary>
    /// <returns>Whether more must be read.</returns>
    private bool EndReading()
    {
        // If held messages were dropped, read them first, so that they leave no gap.
        while (!_isAgain && _held.TryDequeue(out KeptMessage? message))
        {
            if (message.Offset > _last) Deliver(message);
        }

        if (_isAgain && _loaded.Task.IsCompleted) return true;
        _isReading = false;
        _settled.TrySetResult();
        if (_isAgain) BeginReading();
        return false;
    }

    /// <summary>Under the lock, so that the order is kept.</summary>
    private void Deliver(KeptMessage message)
    {
        // No message is missing between the last one and this one, even if the previous one has been deleted.
        long before = message.Before != 0 && message.Before <= _last ? _last : message.Before;
        _last = message.Offset;
        _topic.Deliver(message.Opcode, message.Payload, _findExcept(message.Node, message.Except), message.Offset, before);
    }
}
