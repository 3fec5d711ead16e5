using System.Buffers;
using System.Threading.Channels;
using NATS.Client.Core;
using WsAot.Nats.Connecting;
using WsAot.Nats.Core;
using WsAot.Nats.Subjects;
using WsAot.Topics;

namespace WsAot.Nats.Presence;

/// <summary>
/// The members of topics with presence, on all servers. Each server announces its own members: numbered changes, the full list when it is
/// asked, and every few seconds that it is alive. One task does all the work; other threads only send it work.
/// </summary>
internal sealed class PresenceTopics
{
    private const string Everybody = "*";

    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(100);

    /// <summary>How often all topics are checked, instead of only those with something to send.</summary>
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(1);

    /// <summary>How often the last number of a topic is sent again, so that servers that missed the last change notice it.</summary>
    private static readonly TimeSpan s_repeat = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan s_goodbye = TimeSpan.FromSeconds(1);

    private readonly Channel<Action> _work = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<string, PresenceTopic> _topics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _nodes = new(StringComparer.Ordinal);
    private readonly HashSet<PresenceTopic> _changed = [];
    private readonly NatsLink _link;
    private readonly SubjectNames _names;
    private readonly string _node;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private TopicSubscription? _beats;
    private long _version;
    private long _beatAt;
    private long _roundAt;
    private int _count;
    private bool _isAnnounced;

    public PresenceTopics(NatsLink link, SubjectNames names, string node, WsNatsOptions options, TimeProvider time)
    {
        (_link, _names, _node, _time) = (link, names, node, time);
        _timeout = TimeSpan.FromMilliseconds(options.PresenceTimeoutMs);
    }

    /// <summary>The number of topics that have members here, or whose end must still be announced to other servers. Any thread.</summary>
    public int Topics => Volatile.Read(ref _count);

    /// <summary>Adds a member on this server. Any thread.</summary>
    public void Join(TopicPresence presence, WsMember member) => _work.Writer.TryWrite(() =>
    {
        if (!_topics.TryGetValue(presence.Topic, out PresenceTopic? topic))
        {
            topic = new PresenceTopic(presence);
            _topics.Add(presence.Topic, topic);
        }

        topic.Join(presence, member);
        _changed.Add(topic);
    });

    /// <summary>Removes a member on this server. Any thread.</summary>
    public void Leave(TopicPresence presence, string id) => _work.Writer.TryWrite(() =>
    {
        if (!_topics.TryGetValue(presence.Topic, out PresenceTopic? topic)) return;
        topic.Leave(presence, id);
        _changed.Add(topic);
    });

    /// <summary>Called when the connection is open (again). Any thread.</summary>
    public void OnConnected() => _work.Writer.TryWrite(() => _isAnnounced = false);

    /// <summary>Does the work until the token is cancelled, then announces that this server stops.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            while (_work.Reader.TryRead(out Action? work)) work();
            using var whileOpen = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _link.Closing);
            try
            {
                Expire();
                if (_link.IsOpen) await ExchangeAsync(whileOpen.Token).ConfigureAwait(false);
                else ForgetUnsaid();
            }
            catch (OperationCanceledException) when (whileOpen.IsCancellationRequested)
            {
                // NATS has gone away. Work goes on, so that topics that end meanwhile are forgotten; all is sent again when NATS is back.
            }
            catch (Exception exception)
            {
                if (!cancellationToken.IsCancellationRequested) _link.Log.PresenceFailed("*", exception);
            }

            Volatile.Write(ref _count, _topics.Count);
            await Task.Delay(s_tick, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await SayGoodbyeAsync().ConfigureAwait(false);
    }

    // NATS may go away at the same moment, and a call would then wait until it is back. Other servers notice the end without it, too.
    private async Task SayGoodbyeAsync()
    {
        using var whileOpen = CancellationTokenSource.CreateLinkedTokenSource(_link.Closing);
        whileOpen.CancelAfter(s_goodbye);
        try
        {
            if (!_link.IsOpen) return;
            await SayAsync(_names.Nodes, new PresenceMessage { Node = _node, IsGone = true }, whileOpen.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (whileOpen.IsCancellationRequested)
        {
            // It did not arrive.
        }
    }

    private async ValueTask ExchangeAsync(CancellationToken cancellationToken)
    {
        await BeatAsync(cancellationToken).ConfigureAwait(false);
        _beats ??= await SubscribeAsync(_names.Nodes, OnBeat, cancellationToken).ConfigureAwait(false);
        if (!_isAnnounced)
        {
            // Others may have considered this server dead, and this one has missed their messages.
            foreach (PresenceTopic topic in _topics.Values) topic.IsAsked = topic.AsksAll = true;
            _changed.UnionWith(_topics.Values);
            _isAnnounced = true;
        }

        bool isRound = _time.GetElapsedTime(_roundAt) >= s_round;
        if (isRound) _roundAt = _time.GetTimestamp();
        PresenceTopic[] topics = isRound ? [.. _topics.Values] : [.. _changed];
        foreach (PresenceTopic topic in topics)
        {
            // When the connection is back, everything is sent again.
            if (!_link.IsOpen) return;
            await BeatAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await ExchangeAsync(topic, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Other topics do not wait for this one. The next round sends the full list, because it is unknown what has arrived.
                _link.Log.PresenceFailed(topic.Name, exception);
                topic.IsAsked = true;
            }

            _changed.Remove(topic);
        }
    }

    /// <summary>Announces that this server is alive, if it is time. Called before anything that takes long or may fail.</summary>
    private async ValueTask BeatAsync(CancellationToken cancellationToken)
    {
        if (_beatAt != 0 && _time.GetElapsedTime(_beatAt) < _timeout / 4) return;
        await SayAsync(_names.Nodes, new PresenceMessage { Node = _node }, cancellationToken).ConfigureAwait(false);
        _beatAt = _time.GetTimestamp();
    }

    private async ValueTask ExchangeAsync(PresenceTopic topic, CancellationToken cancellationToken)
    {
        // A message of another server may belong to a topic that has ended, or has even begun again as another object.
        if (!ReferenceEquals(_topics.GetValueOrDefault(topic.Name), topic)) return;
        string subject = topic.Subject ??= _names.PresenceOf(topic.Name);
        topic.Subscription ??= await SubscribeAsync(subject, message => OnSaid(topic, message), cancellationToken)
            .ConfigureAwait(false);
        await AskAsync(topic, subject, cancellationToken).ConfigureAwait(false);
        PresenceMessage? said = _changed.Contains(topic) || topic.IsAsked ? topic.Say(_node, ++_version) : null;
        if (said is null && !topic.IsEmpty && _time.GetElapsedTime(topic.SaidAt) > s_repeat)
        {
            said = new PresenceMessage { Node = _node, Version = topic.Version };
        }

        if (said is not null)
        {
            topic.SaidAt = _time.GetTimestamp();
            foreach (PresenceMessage part in PresenceParts.Of(said, PresenceParts.MaxBytes(_link.Connection.ServerInfo?.MaxPayload)))
            {
                if (part.IsChange) topic.Version = _version = part.Version;
                await SayAsync(subject, part, cancellationToken).ConfigureAwait(false);
            }
        }

        if (!topic.IsEmpty) return;
        _topics.Remove(topic.Name);
        await topic.Subscription.UnsubscribeAsync().ConfigureAwait(false);
    }

    private async ValueTask AskAsync(PresenceTopic topic, string subject, CancellationToken cancellationToken)
    {
        string[] asked = topic.AsksAll ? [Everybody] : [.. topic.Asks];
        foreach (string node in asked)
        {
            await SayAsync(subject, new PresenceMessage { Node = _node, Asks = node }, cancellationToken).ConfigureAwait(false);
        }

        topic.AsksAll = false;
        topic.Asks.Clear();
    }

    private async ValueTask<TopicSubscription> SubscribeAsync(
        string subject, Action<PresenceMessage> receive, CancellationToken cancellationToken)
    {
        var subscription = new TopicSubscription(
            _link.Connection,
            subject,
            (in ReadOnlySequence<byte> _, in ReadOnlySequence<byte> payload) =>
            {
                if (PresenceMessage.Read(payload) is { } message && message.Node != _node) _work.Writer.TryWrite(() => receive(message));
            });
        await _link.Connection.AddSubAsync(subscription, cancellationToken).ConfigureAwait(false);
        return subscription;
    }

    private ValueTask SayAsync(string subject, PresenceMessage message, CancellationToken cancellationToken) =>
        _link.Connection.PublishAsync(
            subject, message.Write(), serializer: NatsRawSerializer<byte[]>.Default, cancellationToken: cancellationToken);

    private void OnBeat(PresenceMessage message)
    {
        if (message.IsGone) Forget(message.Node);
        else Note(message.Node);
    }

    private void OnSaid(PresenceTopic topic, PresenceMessage message)
    {
        Note(message.Node);
        if (message.Asks is Everybody || message.Asks == _node)
        {
            topic.IsAsked = true;
            _changed.Add(topic);
        }
        else if (message.Asks is null && topic.Hear(message))
        {
            Ask(topic, message.Node);
        }
    }

    private void Note(string node)
    {
        bool isNew = !_nodes.ContainsKey(node);
        _nodes[node] = _time.GetTimestamp();
        if (!isNew) return;
        // The server may have been considered dead, so that messages of it were missed.
        foreach (PresenceTopic topic in _topics.Values) Ask(topic, node);
    }

    private void Ask(PresenceTopic topic, string node)
    {
        topic.Asks.Add(node);
        _changed.Add(topic);
    }

    /// <summary>While NATS is away, forgets topics that have begun and ended: other servers do not need to know of them.</summary>
    private void ForgetUnsaid()
    {
        foreach (PresenceTopic topic in _changed)
        {
            if (topic is { IsEmpty: true, Subscription: null }) _topics.Remove(topic.Name);
        }

        _changed.RemoveWhere(topic => !_topics.ContainsKey(topic.Name));
    }

    private void Expire()
    {
        foreach ((string node, long heardAt) in _nodes)
        {
            if (_time.GetElapsedTime(heardAt) > _timeout) Forget(node);
        }
    }

    private void Forget(string node)
    {
        _nodes.Remove(node);
        foreach (PresenceTopic topic in _topics.Values) topic.Forget(node);
    }
}
