using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using WsAot.Logging;
using WsAot.Protocol.Frames;

namespace WsAot.Topics;

/// <summary>
/// The topics of a server: subscribing, publishing, ordering messages, and delivering them on every loop. You can publish from any thread.
/// </summary>
/// <param name="logger">The log.</param>
/// <param name="peerLog">The log of events that peers cause.</param>
/// <param name="backlog">Limits the waiting messages.</param>
/// <param name="backplane">The link to other processes; null if there is none.</param>
/// <param name="rules">The rules of topics with history or presence; null if there are none.</param>
internal sealed partial class TopicHub(
    ILogger logger, PeerLog peerLog, DeliveryBacklog backlog, ITopicBackplane? backplane, TopicRules? rules = null) : IDisposable
{
    private readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private LoopTopics[] _loops = [];
    private long _publishedElsewhere;
    private long _dropped;
    private readonly Lock _timerLock = new();   // of both timers, and of the changes that the second one tells
    private List<TopicPresence> _changedPresence = [];
    private ITimer? _expiry;
    private ITimer? _presenceTimer;
    private bool _isDisposed;
    private Topic? _everyone;   // the topic that every open connection receives without subscribing; null before the start

    public DeliveryBacklog Backlog { get; } = backlog;

    /// <summary>The link to other processes; null if there is none.</summary>
    public ITopicBackplane? Backplane => backplane;

    /// <summary>The number of messages published on threads other than the loops'.</summary>
    public long PublishedElsewhere => Volatile.Read(ref _publishedElsewhere);

    /// <summary>The number of messages that some loops could not deliver, because too many waited.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Whether there are topics with history or presence.</summary>
    public bool HasRules => rules is not null;

    /// <summary>The memory that kept messages take.</summary>
    public long HistoryBytes => rules?.Budget.Bytes ?? 0;

    /// <summary>The number of topics with a subscriber, or with one being added.</summary>
    public int Count => rules is null ? _topics.Count : _topics.Count(static pair => pair.Value.IsUsed);

    /// <summary>The number of topics, with subscribers or without.</summary>
    public int TotalCount => _topics.Count;

    /// <summary>The number of topics that hold kept messages, with subscribers or without.</summary>
    public int KeptCount => rules is null ? 0 : _topics.Count(static pair => pair.Value is KeptTopic { History.IsEmpty: false });

    /// <summary>The number of a topic's subscribers in this process, roughly.</summary>
    public int CountSubscribers(string topic) => _topics.TryGetValue(topic, out Topic? known) ? known.CountSubscribers() : 0;

    /// <summary>The topics that have subscribers in this process, roughly.</summary>
    /// <param name="prefix">The start of their names.</param>
    public List<WsTopicInfo> List(string prefix)
    {
        var list = new List<WsTopicInfo>();
        // Enumerate without locks, because the caller must not hold up subscriptions.
        foreach ((string name, Topic topic) in _topics)
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal)) continue;
            if (topic.CountSubscribers() is > 0 and int count) list.Add(new WsTopicInfo(name, count));
        }

        return list;
    }

    /// <summary>Sets the loops. Called once, before any of them runs.</summary>
    /// <param name="loops">The loops, in the order of their indices.</param>
    /// <param name="connections">The open connections of each loop.</param>
    public void Start(LoopTopics[] loops, ISubscribers[] connections)
    {
        Debug.Assert(_everyone is null, "The loops are set once.");
        _loops = loops;
        var everyone = new Topic(this, "(all)", loops.Length);
        _everyone = everyone;
        for (int loop = 0; loop < loops.Length; loop++)
        {
            everyone.TryJoin(loop);
            everyone.SetSubscribers(loop, connections[loop]);
        }

        backplane?.Start(this);
    }

    public void Dispose()
    {
        lock (_timerLock)
        {
            _isDisposed = true;
            _expiry?.Dispose();
            _presenceTimer?.Dispose();
        }

        if (_everyone is not null) backplane?.Stop();
    }

    /// <summary>Publishes a message to all subscribers of a topic, in this process and, with a backplane, in others.</summary>
    /// <returns>The position of the message, if the topic has history.</returns>
    public WsTopicPosition Publish(string topic, Opcode opcode, ReadOnlySpan<byte> payload) =>
        Publish(topic, opcode, payload, Current());

    /// <inheritdoc cref="Publish(string, Opcode, ReadOnlySpan{byte})"/>
    /// <param name="topic">The topic's name.</param>
    /// <param name="opcode">Text or binary.</param>
    /// <param name="payload">The message. It can be reused when the call returns.</param>
    /// <param name="here">The loop that the caller is on; null on any other thread.</param>
    /// <param name="except">The subscriber, in this process, that does not get the message; null if all get it.</param>
    public WsTopicPosition Publish(
        string topic, Opcode opcode, ReadOnlySpan<byte> payload, LoopTopics? here, ISubscriber? except = null)
    {
        TopicRule? rule = rules?.Find(topic);
        if (rule is not null) ThrowIfNotAccepted(rule, topic, opcode, payload);
        if (backplane is not null && TellOthers(topic, rule, opcode, payload, here, except)) return default;
        return PublishHere(topic, rule, opcode, payload, here, except);
    }

    /// <summary>Sends a message to every open connection of this process.</summary>
    public void PublishToAll(Opcode opcode, ReadOnlySpan<byte> payload) => Publish(_everyone, opcode, payload, Current());

    /// <summary>Delivers a message that was published in another process to the subscribers of this one.</summary>
    public void DeliverFromBackplane(string topic, Opcode opcode, ReadOnlySpan<byte> payload) =>
        PublishHere(topic, rules?.Find(topic), opcode, payload, Current(), except: null);

    /// <summary>Removes a topic that is no longer needed. Called under the topic's lock.</summary>
    public void Remove(Topic topic) => _topics.TryRemove(KeyValuePair.Create(topic.Name, topic));

    /// <summary>Finds or creates a topic, and adds a loop to those that get its messages. See <see cref="Topic.Leave"/>.</summary>
    public Topic Join(string name, int loop)
    {
        while (true)
        {
            Topic topic = GetOrAdd(name);
            if (topic.TryJoin(loop)) return topic;
        }
    }

    /// <summary>Posts a message to a loop, which delivers it after those posted before.</summary>
    /// <param name="loop">The index of the loop.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="frame">The message.</param>
    /// <param name="units">The estimated cost of its delivery there.</param>
    /// <returns>False if the backlog is full and the message is dropped.</returns>
    public bool TryPost(int loop, Topic topic, SharedFrame frame, int units)
    {
        if (!Backlog.TryAdd(frame.BacklogBytes, units)) return false;
        _loops[loop].Post(topic, new PostedFrame(frame, units));
        return true;
    }

    /// <summary>A topic got its first subscriber. Called under the topic's lock.</summary>
    public void OnFirstJoined(Topic topic)
    {
        if (backplane is null || ReferenceEquals(topic, _everyone)) return;
        Tell(static (backplane, name) => backplane.OnFirstSubscribed(name), topic.Name);
    }

    /// <summary>A topic lost its last subscriber. Called under the topic's lock.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="isRetired">Whether the topic has ended, because it has no kept messages.</param>
    public void OnLastLeft(Topic topic, bool isRetired)
    {
        // Tell the backplane first: until the topic is removed, a new subscriber to its name waits for this topic's lock, so the calls stay
        // in order.
        if (backplane is not null) Tell(static (backplane, name) => backplane.OnLastUnsubscribed(name), topic.Name);
        if (isRetired) Remove(topic);
    }

    /// <summary>
    /// Counts and logs a message that some loops cannot deliver. Not under the topic's lock, because a log may be slow and may even
    /// publish.
    /// </summary>
    public void OnDropped(Topic topic)
    {
        Interlocked.Increment(ref _dropped);
        if (peerLog.TryTakeLine(PeerLog.Kind.Dropped)) peerLog.DeliveryDropped(topic.Name);
    }

    /// <summary>
    /// Schedules the announcement of a change in a topic's presence. Called once for each <see cref="TopicPresence.Tell"/>.
    /// </summary>
    public void OnPresenceChanged(TopicPresence presence)
    {
        lock (_timerLock)
        {
            _changedPresence.Add(presence);
            if (_changedPresence.Count > 1 || _isDisposed) return;
            _presenceTimer ??= rules!.CreatePresenceTimer(TellPresence);
            TopicRules.StartPresence(_presenceTimer);
        }
    }

    /// <summary>The rules of all topics.</summary>
    public IReadOnlyList<TopicRule> Rules => rules?.All ?? [];

    /// <summary>The rule of a topic; null if it has none.</summary>
    public TopicRule? FindRule(string topic) => rules?.Find(topic);

    /// <summary>The members of a topic, as far as this process knows them.</summary>
    public IReadOnlyList<WsMember> ListPresent(string topic) =>
        _topics.GetValueOrDefault(topic)?.Presence is { } presence ? presence.List() : [];

    /// <summary>Logs an exception of a publisher that continues after it waited for the backlog.</summary>
    public void OnFailed(Exception exception) => Log.UnhandledException(logger, exception);

    /// <summary>Calls the backplane. Its exceptions must not keep a connection from ending properly.</summary>
    private void Tell(Action<ITopicBackplane, string> tell, string topic)
    {
        try
        {
            tell(backplane!, topic);
        }
        catch (Exception exception)
        {
            Log.BackplaneFailed(logger, exception, topic);
        }
    }

    private Topic GetOrAdd(string name) => _topics.GetOrAdd(name, static (name, hub) => hub.Create(name), this);

    private Topic Create(string name)
    {
        if (rules?.Find(name) is not { } rule) return new Topic(this, name, _loops.Length);
        if (!rule.KeepsMessages) return new Topic(this, name, _loops.Length, rule);
        EnsureExpiry();
        // JavaScript represents numbers up to 2^53 exactly. A store has its own epochs.
        long epoch = Store is null ? Random.Shared.NextInt64(1, 1L << 53) : 0;
        return new KeptTopic(this, name, _loops.Length, rule, new TopicHistory(rule.Options, rules.Budget, epoch, KeptTopic.BytesOf(name)));
    }

    /// <exception cref="ArgumentException">The topic takes JSON-RPC notifications, and the message is not one.</exception>
    private static void ThrowIfNotAccepted(TopicRule rule, string topic, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        if (rule.Format?.Accepts(opcode, payload) != false) return;
        throw new ArgumentException($"The topic '{topic}' carries JSON-RPC notifications: publish a JSON object as text.", nameof(payload));
    }

    private WsTopicPosition PublishHere(
        string topic, TopicRule? rule, Opcode opcode, ReadOnlySpan<byte> payload, LoopTopics? here, ISubscriber? except)
    {
        if (rule is { KeepsMessages: true }) return PublishKept(topic, opcode, payload, here, except);
        Publish(_topics.GetValueOrDefault(topic), opcode, payload, here, except);
        return default;
    }

    private WsTopicPosition PublishKept(
        string name, Opcode opcode, ReadOnlySpan<byte> payload, LoopTopics? here, ISubscriber? except)
    {
        while (true)
        {
            // The cast is safe: the rule says that every topic of this name has history.
            var topic = (KeptTopic)GetOrAdd(name);
            if (!topic.TryPublish(opcode, payload, except, here, out WsTopicPosition position)) continue;
            CountPublished(here);
            return position;
        }
    }

    private void TellPresence()
    {
        List<TopicPresence> changed;
        lock (_timerLock) (changed, _changedPresence) = (_changedPresence, []);
        foreach (TopicPresence presence in changed) presence.Tell();
    }

    private void Publish(
        Topic? topic, Opcode opcode, ReadOnlySpan<byte> payload, LoopTopics? here, ISubscriber? except = null)
    {
        topic?.Publish(topic.CreateFrame(opcode, payload, except), here);
        CountPublished(here);
    }

    private void CountPublished(LoopTopics? here)
    {
        if (here is not null) here.OnPublished();
        else Interlocked.Increment(ref _publishedElsewhere);
    }

    /// <summary>The loop that the caller is on; null on any other thread.</summary>
    private LoopTopics? Current()
    {
        foreach (LoopTopics loop in _loops)
        {
            if (loop.IsCurrent) return loop;
        }

        return null;
    }
}
