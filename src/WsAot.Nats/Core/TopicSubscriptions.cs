using System.Buffers;
using System.Collections.Concurrent;
using WsAot.Nats.Connecting;
using WsAot.Nats.Messages;
using WsAot.Nats.Subjects;
using WsAot.Topics;

namespace WsAot.Nats.Core;

/// <summary>
/// Subscribes to NATS for each topic without history that has subscribers on this server. Callers only record which topics they want; one
/// task subscribes and unsubscribes as soon as NATS is connected.
/// </summary>
/// <param name="link">The connection.</param>
/// <param name="names">The subjects.</param>
/// <param name="node">The name of this server.</param>
internal sealed class TopicSubscriptions(NatsLink link, SubjectNames names, string node)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _signal = new(0, 1);
    private HashSet<string> _changed = new(StringComparer.Ordinal);

    // Changed only by the task.
    private readonly ConcurrentDictionary<string, TopicSubscription> _made = new(StringComparer.Ordinal);

    /// <summary>
    /// The number of topics whose subscription must still change at NATS. While NATS is away, they are at most the topics with subscribers
    /// now and those at the time of the loss.
    /// </summary>
    public int Waiting
    {
        get
        {
            lock (_lock) return _changed.Count;
        }
    }

    /// <summary>Records whether a topic has subscribers. Any thread.</summary>
    public void Set(string topic, bool isWanted)
    {
        lock (_lock)
        {
            if (isWanted) _wanted.Add(topic);
            else _wanted.Remove(topic);
            Compare(topic);
        }
    }

    /// <summary>Whether this server is subscribed to the topic at NATS. Any thread.</summary>
    public bool IsMade(string topic) => _made.ContainsKey(topic);

    /// <summary>Subscribes and unsubscribes, until the token is cancelled.</summary>
    public async Task RunAsync(TopicHub hub, CancellationToken cancellationToken)
    {
        while (true)
        {
            await _signal.WaitAsync(cancellationToken).ConfigureAwait(false);
            await link.WaitUntilOpenAsync(cancellationToken).ConfigureAwait(false);
            foreach (string topic in TakeChanged())
            {
                try
                {
                    await ApplyAsync(topic, hub, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
                {
                    link.Log.SubscriptionFailed(topic, exception);
                    await Task.Delay(s_pause, cancellationToken).ConfigureAwait(false);
                }

                // Meanwhile the topic may have got or lost its subscribers.
                lock (_lock) Compare(topic);
            }
        }
    }

    private async ValueTask ApplyAsync(string topic, TopicHub hub, CancellationToken cancellationToken)
    {
        bool isWanted = IsWanted(topic);
        if (_made.TryGetValue(topic, out TopicSubscription? made))
        {
            if (isWanted) return;
            _made.TryRemove(topic, out _);
            await made.UnsubscribeAsync().ConfigureAwait(false);
            return;
        }

        if (!isWanted) return;
        var subscription = new TopicSubscription(
            link.Connection,
            names.TopicOf(topic),
            (in ReadOnlySequence<byte> headers, in ReadOnlySequence<byte> payload) => Receive(hub, topic, headers, payload));
        await link.Connection.AddSubAsync(subscription, cancellationToken).ConfigureAwait(false);
        _made[topic] = subscription;
    }

    private void Receive(TopicHub hub, string topic, in ReadOnlySequence<byte> headers, in ReadOnlySequence<byte> payload)
    {
        MessageHeaders read = MessageHeaders.Read(headers);
        // NATS does not send a message back to the connection that published it, but after a reconnection it may.
        if (read.Node == node) return;
        if (payload.IsSingleSegment)
        {
            Deliver(hub, topic, read, payload.FirstSpan);
            return;
        }

        int length = (int)payload.Length;
        byte[] copy = ArrayPool<byte>.Shared.Rent(length);
        payload.CopyTo(copy);
        Deliver(hub, topic, read, copy.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(copy);
    }

    private static void Deliver(TopicHub hub, string topic, in MessageHeaders headers, ReadOnlySpan<byte> payload) =>
        hub.DeliverFromBackplane(topic, PayloadKind.Of(headers, payload), payload);

    /// <summary>Records whether the subscription to a topic must change. Under the lock.</summary>
    private void Compare(string topic)
    {
        if (_wanted.Contains(topic) == _made.ContainsKey(topic))
        {
            _changed.Remove(topic);
            return;
        }

        _changed.Add(topic);
        if (_signal.CurrentCount == 0) _signal.Release();
    }

    private bool IsWanted(string topic)
    {
        lock (_lock) return _wanted.Contains(topic);
    }

    private HashSet<string> TakeChanged()
    {
        lock (_lock)
        {
            HashSet<string> changed = _changed;
            _changed = new HashSet<string>(StringComparer.Ordinal);
            return changed;
        }
    }
}
