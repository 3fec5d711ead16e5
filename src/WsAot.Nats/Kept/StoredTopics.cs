using System.Collections.Concurrent;
using NATS.Client.JetStream;
using WsAot.Nats.Connecting;
using WsAot.Nats.Subjects;
using WsAot.Protocol.Frames;
using WsAot.Topics;

namespace WsAot.Nats.Kept;

/// <summary>The topics with history. Each rule has a stream.</summary>
internal sealed class StoredTopics : ITopicStore
{
    /// <summary>How many topics may continue loading after their last subscriber has left.</summary>
    private const int MaxLeft = 64;

    /// <summary>How long such a topic continues to load, and keeps the loaded messages for the next subscriber.</summary>
    private static readonly TimeSpan s_leftLifetime = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    /// <summary>The pause between two batches of topics that are checked.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly NatsLink _link;
    private readonly SubjectNames _names;
    private readonly WsNatsOptions _options;
    private readonly TimeProvider _time;
    private readonly StorePublisher _publisher;
    private readonly ConcurrentDictionary<string, StoredTopic> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StoredTopic> _left = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _signal = new(0, 1);
    private readonly Lock _moving = new();
    private Dictionary<TopicRule, RuleStream> _streams = [];
    private bool _isReconnected;

    public StoredTopics(NatsLink link, SubjectNames names, string node, WsNatsOptions options, TimeProvider time)
    {
        (_link, _names, _options, _time) = (link, names, options, time);
        _publisher = new StorePublisher(link, node, options, time, WhenLoaded);
    }

    /// <summary>What is wrong with the streams; null if they work.</summary>
    public string? Problem
    {
        get
        {
            foreach (RuleStream stream in _streams.Values)
            {
                if (stream.Problem is { } problem) return problem;
                if (stream.Epoch == 0) return $"the stream {stream.Name} does not exist yet";
            }

            return null;
        }
    }

    /// <summary>Publishes to the topics.</summary>
    public StorePublisher Publisher => _publisher;

    /// <summary>Sets the rules. Must be called first.</summary>
    public void Start(IReadOnlyList<TopicRule> rules)
    {
        var jetStream = new NatsJSContext(_link.Connection);
        _streams = rules
            .Where(static rule => rule.Options.History > 0)
            .ToDictionary(static rule => rule, rule => Create(rule, jetStream));
    }

    /// <summary>Creates or changes the streams.</summary>
    /// <exception cref="WsStartException">A stream cannot have the options of its rule.</exception>
    public async Task CreateStreamsAsync(CancellationToken cancellationToken)
    {
        foreach (RuleStream stream in _streams.Values)
        {
            try
            {
                await stream.CheckAsync(isStart: true, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not WsStartException && !cancellationToken.IsCancellationRequested)
            {
                _link.Log.StoreFailed(stream.Rule.Template, exception.GetBaseException().Message);
            }
        }
    }

    /// <summary>Called when the connection is open (again): messages that were missed are read.</summary>
    public void OnConnected()
    {
        Volatile.Write(ref _isReconnected, true);
        Wake();
    }

    /// <summary>Maintains the streams and the open topics, until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            CloseLeft(TimeSpan.Zero);
        }
    }

    /// <inheritdoc/>
    public void Publish(string topic, TopicRule rule, Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except) =>
        _publisher.Publish(topic, _streams[rule], opcode, payload, except);

    /// <inheritdoc/>
    public ValueTask<WsTopicPosition> PublishAsync(
        string topic, TopicRule rule, Opcode opcode, ReadOnlySpan<byte> payload, ISubscriber? except) =>
        _publisher.PublishAsync(topic, _streams[rule], opcode, payload, except);

    /// <inheritdoc/>
    public void Open(KeptTopic topic)
    {
        if (_left.TryRemove(topic.Name, out StoredTopic? left))
        {
            _open[topic.Name] = left;
            left.ComeBack(topic);
            return;
        }

        var stored = new StoredTopic(topic, _streams[topic.Rule!], _link, _publisher.FindExcept, _time);
        _open[topic.Name] = stored;
        stored.Open();
    }

    /// <inheritdoc/>
    public void Close(KeptTopic topic)
    {
        StoredTopic? stored;
        lock (_moving)
        {
            // If the topic was lost, a new one of its name may be open.
            if (!_open.TryGetValue(topic.Name, out stored) || !ReferenceEquals(stored.Topic, topic)) return;
            _open.TryRemove(KeyValuePair.Create(topic.Name, stored));
            if (_left.Count < MaxLeft && stored.TryLeave())
            {
                _left[topic.Name] = stored;
                return;
            }
        }

        stored.Close();
    }

    /// <inheritdoc/>
    public async ValueTask WhenReadyAsync(KeptTopic topic, WsTopicPosition since)
    {
        if (!_open.TryGetValue(topic.Name, out StoredTopic? stored))
        {
            throw new WsTopicUnavailableException($"The topic {topic.Name} has just begun a new epoch: subscribe again.");
        }

        var timeout = TimeSpan.FromMilliseconds(_options.StoreTimeoutMs);
        try
        {
            await stored.Loaded.WaitAsync(timeout).ConfigureAwait(false);
            bool isAhead = since.Epoch == topic.History.Epoch && since.Epoch != 0 && !stored.HasSeen(since.Offset);
            // The client has seen a newer message on another server: that message is still on its way here.
            if (isAhead && since != WsTopicPosition.Latest) await stored.Check().WaitAsync(timeout).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            throw new WsTopicUnavailableException($"The messages of {topic.Name} did not load in time: NATS does not answer.", exception);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        bool isTouring = false;
        while (true)
        {
            await _signal.WaitAsync(isTouring ? s_pause : s_interval, cancellationToken).ConfigureAwait(false);
            CloseLeft(s_leftLifetime);
            if (!_link.IsOpen) continue;
            bool isReconnected = Interlocked.Exchange(ref _isReconnected, false);
            _publisher.Trim();
            foreach (RuleStream stream in _streams.Values)
            {
                try
                {
                    Follow(stream, await stream.CheckAsync(isStart: false, cancellationToken).ConfigureAwait(false), isReconnected);
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
                {
                    _link.Log.StoreFailed(stream.Rule.Template, exception.GetBaseException().Message);
                    // The missed messages must still be read.
                    if (isReconnected) Volatile.Write(ref _isReconnected, true);
                }
            }

            isTouring = await TourAsync().ConfigureAwait(false);
        }
    }

    /// <returns>Whether there are topics that must still be checked.</returns>
    private async Task<bool> TourAsync()
    {
        bool isTouring = false;
        foreach (RuleStream stream in _streams.Values)
        {
            bool hasMore;
            do hasMore = await stream.Tails.GoOnAsync(OfStream(_open, stream)).ConfigureAwait(false);
            while (hasMore && stream.Tails.IsUrgent && _link.IsOpen && _signal.CurrentCount == 0);
            isTouring |= hasMore;
        }

        return isTouring;
    }

    private RuleStream Create(TopicRule rule, NatsJSContext jetStream) =>
        new(rule, _names, jetStream, _options.Replicas, _time) { Doubted = Wake };

    private Task? WhenLoaded(string topic) => _open.GetValueOrDefault(topic)?.Loaded;

    private void Wake()
    {
        try
        {
            if (_signal.CurrentCount == 0) _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another thread has released it.
        }
    }

    private void Follow(RuleStream stream, StreamChanges changes, bool isReconnected)
    {
        if (changes.IsNewEpoch)
        {
            _link.Log.EpochChanged(stream.Name);
            foreach (StoredTopic stored in OfStream(_open, stream)) Lose(stored);
            foreach (StoredTopic stored in OfStream(_left, stream)) Lose(stored);
        }
        else if (isReconnected || changes.IsNewLeader || changes.HasMore)
        {
            stream.Tails.Begin(isReconnected || changes.IsNewLeader);
        }
    }

    private void CloseLeft(TimeSpan lifetime)
    {
        foreach (KeyValuePair<string, StoredTopic> left in _left)
        {
            if (left.Value.LeftFor >= lifetime && _left.TryRemove(left)) left.Value.Close();
        }
    }

    private static IEnumerable<StoredTopic> OfStream(ConcurrentDictionary<string, StoredTopic> topics, RuleStream stream)
    {
        foreach ((_, StoredTopic stored) in topics)
        {
            if (ReferenceEquals(stored.Stream, stream)) yield return stored;
        }
    }

    private void Lose(StoredTopic stored)
    {
        KeyValuePair<string, StoredTopic> pair = KeyValuePair.Create(stored.Topic.Name, stored);
        // Not while the topic is moved from one dictionary to the other.
        lock (_moving)
        {
            if (!_open.TryRemove(pair)) _left.TryRemove(pair);
        }

        stored.Close();
        stored.Topic.Lose();
    }
}
