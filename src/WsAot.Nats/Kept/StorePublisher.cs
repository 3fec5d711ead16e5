using System.Collections.Concurrent;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using WsAot.Nats.Connecting;
using WsAot.Nats.Messages;
using WsAot.Protocol.Frames;
using WsAot.Topics;

namespace WsAot.Nats.Kept;

/// <summary>
/// Publishes to topics with history, one message at a time for each topic, so that they are stored in the order of the calls. A message
/// that is not confirmed is sent again with the same id, which the stream accepts once, until its time is over. Any thread.
/// </summary>
/// <param name="link">The connection.</param>
/// <param name="node">The name of this server.</param>
/// <param name="options">The limits.</param>
/// <param name="time">The clock.</param>
/// <param name="whenLoaded">Returns a task that ends when a topic has been loaded; null if it is not open here.</param>
internal sealed class StorePublisher(NatsLink link, string node, WsNatsOptions options, TimeProvider time, Func<string, Task?> whenLoaded)
{
    private const int OverheadBytes = 256;
    private const int ServerError = 500;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_attempt = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_exceptLifetime = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<Item>> _lines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, (ISubscriber Subscriber, long Since)> _excepts = new();
    private long _bytes;
    private long _full;
    private long _unconfirmed;
    private long _lastId;

    /// <summary>The number of messages without a waiting caller that were dropped because too many waited.</summary>
    public long Full => Volatile.Read(ref _full);

    /// <summary>The number of these that were not confirmed.</summary>
    public long Unconfirmed => Volatile.Read(ref _unconfirmed);

    /// <summary>Adds a message without a waiting caller.</summary>
    public void Publish(string topic, RuleStream stream, Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except)
    {
        Item item = CreateItem(topic, stream, opcode, payload, except);
        if (!TryAdd(item)) OnDropped(topic, ref _full, "too many messages wait for NATS (see nats:maxPendingBytes)");
    }

    /// <summary>Adds a message.</summary>
    /// <returns>The position of the message.</returns>
    public ValueTask<WsTopicPosition> PublishAsync(
        string topic, RuleStream stream, Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except)
    {
        Item item = CreateItem(topic, stream, opcode, payload, except);
        item.Done = new TaskCompletionSource<WsTopicPosition>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!TryAdd(item)) item.Done.SetException(new WsTopicUnavailableException($"Too many messages to {topic} wait for NATS."));
        return new ValueTask<WsTopicPosition>(item.Done.Task);
    }

    /// <summary>The connection of this server that does not get a message.</summary>
    public ISubscriber? FindExcept(string? from, long except) =>
        except != 0 && from == node && _excepts.TryRemove(except, out (ISubscriber Subscriber, long Since) found) ? found.Subscriber : null;

    /// <summary>Forgets connections whose messages have not come back.</summary>
    public void Trim()
    {
        foreach ((long id, (_, long since)) in _excepts)
        {
            if (time.GetElapsedTime(since) > s_exceptLifetime) _excepts.TryRemove(id, out _);
        }
    }

    private Item CreateItem(string topic, RuleStream stream, Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except)
    {
        var item = new Item(topic, stream, opcode, payload.ToArray(), Interlocked.Increment(ref _lastId), time.GetTimestamp());
        if (except is null) return item;
        _excepts[item.Id] = (except, time.GetTimestamp());
        item.HasExcept = true;
        return item;
    }

    private bool TryAdd(Item item)
    {
        int bytes = item.Payload.Length + OverheadBytes;
        if (Interlocked.Add(ref _bytes, bytes) > options.MaxPendingBytes)
        {
            Interlocked.Add(ref _bytes, -bytes);
            _excepts.TryRemove(item.Id, out _);
            return false;
        }

        lock (_lock)
        {
            if (_lines.TryGetValue(item.Topic, out Queue<Item>? line))
            {
                line.Enqueue(item);
                return true;
            }

            line = new Queue<Item>();
            line.Enqueue(item);
            _lines.Add(item.Topic, line);
            _ = Task.Run(() => RunAsync(item.Topic, line));
            return true;
        }
    }

    private async Task RunAsync(string topic, Queue<Item> line)
    {
        while (true)
        {
            Item item;
            lock (_lock)
            {
                if (line.Count == 0)
                {
                    _lines.Remove(topic);
                    return;
                }

                item = line.Dequeue();
            }

            try
            {
                WsTopicPosition position = await StoreAsync(item).ConfigureAwait(false);
                // The topic has no subscribers here, so the message does not come back.
                if (whenLoaded(topic) is null) _excepts.TryRemove(item.Id, out _);
                item.Done?.SetResult(position);
            }
            catch (Exception exception)
            {
                _excepts.TryRemove(item.Id, out _);
                if (item.Done is null) OnDropped(topic, ref _unconfirmed, exception.Message);
                else item.Done.SetException(exception);
            }

            Interlocked.Add(ref _bytes, -(item.Payload.Length + OverheadBytes));
        }
    }

    private async Task<WsTopicPosition> StoreAsync(Item item)
    {
        TimeSpan left = TimeSpan.FromMilliseconds(options.StoreTimeoutMs) - time.GetElapsedTime(item.Since);
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        string reason = "NATS does not answer";
        while (!deadline.IsCancellationRequested && MayBeSent(item))
        {
            try
            {
                // Earlier subscribers must get the message as a new one, not as a stored one.
                if (whenLoaded(item.Topic) is { } loaded) await loaded.WaitAsync(deadline.Token).ConfigureAwait(false);
                long epoch = await item.Stream.WaitForEpochAsync(deadline.Token).ConfigureAwait(false);
                long before = item.Stream.Seen;
                PubAckResponse answer = await AskAsync(item, deadline.Token).ConfigureAwait(false);
                if (answer.Error is not { } error)
                {
                    long offset = (long)answer.Seq;
                    bool isOfEpoch = answer.Duplicate || item.Stream.OnStored(epoch, before, offset);
                    if (!isOfEpoch) epoch = await item.Stream.WaitForOtherEpochAsync(epoch, deadline.Token).ConfigureAwait(false);
                    return new WsTopicPosition(epoch, offset);
                }

                reason = error.Description ?? "";
                if (error.Code < ServerError) break;
            }
            catch (NatsPayloadTooLargeException exception)
            {
                // It would fail every time, and later messages wait.
                reason = exception.Message;
                break;
            }
            catch (Exception exception) when (exception is NatsException or OperationCanceledException or ObjectDisposedException)
            {
                if (exception is NatsException) reason = exception.GetBaseException().Message;
            }

            await Task.Delay(s_pause, deadline.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        string outcome = item.SentAt == 0 ? "It is not stored." : "It is not known whether it is stored.";
        throw new WsTopicUnavailableException($"A message to {item.Topic} was not confirmed: {reason}. {outcome}");
    }

    /// <summary>Whether the message can be sent: the stream still recognizes its id if it has stored the message already.</summary>
    private bool MayBeSent(Item item) => item.SentAt == 0 || time.GetElapsedTime(item.SentAt) < LastRetryOf(item.Stream);

    /// <summary>How long after its first attempt a message may be sent again. The last attempt also needs time to arrive.</summary>
    private static TimeSpan LastRetryOf(RuleStream stream)
    {
        TimeSpan window = stream.DuplicateWindow;
        return window - (window / 2 < s_attempt ? window / 2 : s_attempt);
    }

    private async ValueTask<PubAckResponse> AskAsync(Item item, CancellationToken cancellationToken)
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // If the message could not be sent again after this attempt, wait for the answer to the end.
        if (LastRetryOf(item.Stream) > s_attempt) attempt.CancelAfter(s_attempt);
        await link.WaitUntilOpenAsync(attempt.Token).ConfigureAwait(false);
        if (!MayBeSent(item)) throw new NatsException("it can no longer be sent again without risking a duplicate");
        var headers = new NatsHeaders { [MessageHeaders.NodeName] = node };
        if (item.Opcode == Opcode.Binary) headers[MessageHeaders.TypeName] = MessageHeaders.Binary;
        if (item.HasExcept) headers[MessageHeaders.ExceptName] = item.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers["Nats-Msg-Id"] = $"{node}-{item.Id}";
        bool isFirst = item.SentAt == 0;
        if (isFirst) item.SentAt = time.GetTimestamp();
        try
        {
            // Not JetStream's own publish method, which does not distinguish "no responders" from "no answer".
            NatsMsg<PubAckResponse> answer = await link.Connection.RequestAsync(
                item.Stream.SubjectOf(item.Topic),
                new ReadOnlyMemory<byte>(item.Payload),
                headers,
                NatsRawSerializer<ReadOnlyMemory<byte>>.Default,
                NatsJSJsonSerializer<PubAckResponse>.Default,
                replyOpts: new NatsSubOpts { Timeout = TimeSpan.FromMilliseconds(options.StoreTimeoutMs) },
                cancellationToken: attempt.Token).ConfigureAwait(false);
            if (isFirst && answer.Data?.Error is not null) item.SentAt = 0;
            return answer.Data ?? throw new NatsException("the answer is empty");
        }
        catch (NatsException exception) when (isFirst && exception is NatsNoRespondersException or NatsPayloadTooLargeException)
        {
            // No stream has received the message.
            item.SentAt = 0;
            throw;
        }
    }

    private void OnDropped(string topic, ref long count, string reason)
    {
        Interlocked.Increment(ref count);
        link.Log.PublishDropped(topic, reason);
    }

    private sealed class Item(string topic, RuleStream stream, Opcode opcode, byte[] payload, long id, long since)
    {
        public string Topic => topic;

        public RuleStream Stream => stream;

        public Opcode Opcode => opcode;

        public byte[] Payload => payload;

        public long Id => id;

        public long Since => since;

        /// <summary>When it was first sent; 0 if it was not sent or was refused.</summary>
        public long SentAt { get; set; }

        public bool HasExcept { get; set; }

        public TaskCompletionSource<WsTopicPosition>? Done { get; set; }
    }
}
