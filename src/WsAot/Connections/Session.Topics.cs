using System.Runtime.CompilerServices;
using WsAot.Loops;
using WsAot.Protocol.Closing;
using WsAot.Protocol.Frames;
using WsAot.Topics;

namespace WsAot.Connections;

/// <summary>The topics that the connection subscribes and publishes to.</summary>
internal sealed partial class Session : ISubscriber, IPublisher
{
    private SubscriptionList _subscriptions;

    /// <summary>Any thread.</summary>
    public void Subscribe(string topic)
    {
        if (!_loop.IsCurrent) _loop.Post(new SubscribeWorkItem(this, _loop.Topics.Expect(topic)));
        else if (State != WsState.Closed) _subscriptions.Add(_loop.Topics, topic, this);
    }

    /// <summary>Subscribes from a position on. Any thread.</summary>
    public ValueTask<WsSubscribed> SubscribeAsync(string topic, WsTopicPosition since)
    {
        TopicHub hub = _loop.Server.Topics;
        if (_loop.IsCurrent && hub.Store is null) return new ValueTask<WsSubscribed>(Subscribe(topic, since, out _));
        Topic expected = _loop.Topics.Expect(topic);
        ValueTask ready = hub.WhenReadyAsync(expected, since);
        return ready.IsCompletedSuccessfully
            ? PostSubscribeAsync(expected, since)
            : SubscribeWhenReadyAsync(ready, expected, since);
    }

    /// <summary>Subscribes from a position on. On the loop.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="since">The position.</param>
    /// <param name="subscription">The new subscription; null if the connection has ended.</param>
    public WsSubscribed Subscribe(string topic, WsTopicPosition since, out Subscription? subscription)
    {
        subscription = null;
        return State == WsState.Closed ? default : _subscriptions.Add(_loop.Topics, topic, this, since, out subscription);
    }

    /// <summary>Any thread.</summary>
    public void Unsubscribe(string topic)
    {
        if (!_loop.IsCurrent)
        {
            _loop.Post(new UnsubscribeWorkItem(this, topic));
            return;
        }

        _subscriptions.Remove(_loop.Topics, topic);
        _extras?.LostTopics?.Remove(topic);
        if (State == WsState.Open) (_calls.Handler as IPendingCalls)?.OnTopicEnded(topic, isLost: false);
    }

    /// <summary>Publishes for this connection. Any thread.</summary>
    public void Publish(string topic, Opcode opcode, ReadOnlySpan<byte> payload) =>
        _loop.Server.Topics.Publish(topic, opcode, payload, _loop.IsCurrent ? _loop.Topics : null);

    /// <summary>Publishes for this connection to all other subscribers. Any thread.</summary>
    public void PublishToOthers(string topic, Opcode opcode, ReadOnlySpan<byte> payload) =>
        _loop.Server.Topics.Publish(topic, opcode, payload, _loop.IsCurrent ? _loop.Topics : null, except: this);

    /// <summary>Like <see cref="PublishToOthers"/>, and waits until the message is kept.</summary>
    public ValueTask<WsTopicPosition> PublishToOthersAsync(string topic, Opcode opcode, ReadOnlySpan<byte> payload) =>
        _loop.Server.Topics.PublishAsync(topic, opcode, payload, except: this);

    /// <inheritdoc/>
    public void Deliver(SharedFrame frame)
    {
        if (State != WsState.Open)
        {
            Miss();
            return;
        }

        // A separate method, so that the usual delivery saves no registers for it.
        if (_transport.IsOutputBlocked) DeliverToSlow(frame);
        else WriteShared(frame);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DeliverToSlow(SharedFrame frame)
    {
        if (IsOutputFull) Miss();
        else WriteShared(frame);
    }

    /// <summary>Sends a shared message like an answer: at once, whatever else waits. On the loop.</summary>
    public void SendShared(SharedFrame frame)
    {
        if (State != WsState.Open) return;
        WriteShared(frame);
        _loop.Turn.Charge(frame.DeliveryUnits);
    }

    /// <inheritdoc/>
    public bool TryRecover(SharedFrame frame)
    {
        if (State == WsState.Open)
        {
            if (IsOutputFull)
            {
                Extras.IsRecoveryHeld = true;
                return false;
            }

            WriteShared(frame);
        }

        return true;
    }

    /// <inheritdoc/>
    public void OnTopicLost(string topic)
    {
        _subscriptions.Remove(_loop.Topics, topic);
        if (State == WsState.Closed || (_calls.Handler as IPendingCalls)?.OnTopicEnded(topic, isLost: true) == true) return;
        // In its new epoch, the store has only messages that this connection has not seen.
        (Extras.LostTopics ??= []).Add(topic);
        _ = SubscribeAgainAsync(_loop.Topics.Expect(topic));
    }

    /// <inheritdoc/>
    WsMember ISubscriber.Member => new($"{_loop.Server.NodeId}-{Connection.Id}", User);

    /// <inheritdoc/>
    bool IPublisher.TryHold()
    {
        if (_lifecycle.State != ConnectionState.Open || Has(PauseReasons.PublishBacklog)) return false;
        Pause(PauseReasons.PublishBacklog);
        return true;
    }

    /// <inheritdoc/>
    void IPublisher.Release()
    {
        _pauses &= ~PauseReasons.PublishBacklog;
        RequestTurn();
    }

    private ValueTask<WsSubscribed> PostSubscribeAsync(Topic expected, WsTopicPosition since)
    {
        var item = new SubscribeSinceWorkItem(this, expected, since);
        if (_loop.IsCurrent) item.Run();
        else _loop.Post(item);
        return new ValueTask<WsSubscribed>(item.Done.Task);
    }

    private async ValueTask<WsSubscribed> SubscribeWhenReadyAsync(ValueTask ready, Topic expected, WsTopicPosition since)
    {
        try
        {
            await ready.ConfigureAwait(false);
        }
        catch
        {
            _loop.Topics.ForgetExpected(expected);
            throw;
        }

        return await PostSubscribeAsync(expected, since).ConfigureAwait(false);
    }

    private async Task SubscribeAgainAsync(Topic expected)
    {
        WsTopicPosition since = WsTopicPosition.Oldest;
        try
        {
            await _loop.Server.Topics.WhenReadyAsync(expected, since).ConfigureAwait(false);
        }
        catch (WsTopicUnavailableException)
        {
            // Messages from the time when the store is back are delivered.
            since = WsTopicPosition.Latest;
        }

        _loop.Post(new SubscribeSinceWorkItem(this, expected, since) { IsAgain = true });
    }

    private void ResumeRecovery()
    {
        if (_extras is not { IsRecoveryHeld: true } extras) return;
        extras.IsRecoveryHeld = false;
        _subscriptions.Resume(_loop.Topics);
    }

    private void Miss()
    {
        _loop.Topics.OnMissed();
        if (State != WsState.Open) return;
        if (_settings.ClosesSlowConsumers) CloseSlowConsumer("the client reads published messages too slowly");
        else DropPublished();
    }

    private void DropPublished()
    {
        _settings.Counters.Dropped++;
        NoteOutputFull();
        LogDropped();
    }

    private sealed class SubscribeWorkItem(Session session, Topic topic) : LoopWorkItem
    {
        public override void Run()
        {
            session.Subscribe(topic.Name);
            session._loop.Topics.ForgetExpected(topic);
        }
    }

    private sealed class SubscribeSinceWorkItem(Session session, Topic topic, WsTopicPosition since) : LoopWorkItem
    {
        public TaskCompletionSource<WsSubscribed> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether this renews the subscription to a lost topic, which the connection may no longer want.</summary>
        public bool IsAgain { get; init; }

        public override void Run()
        {
            bool isWanted = !IsAgain || session._extras?.LostTopics?.Remove(topic.Name) == true;
            WsSubscribed subscribed = isWanted ? session.Subscribe(topic.Name, since, out _) : default;
            session._loop.Topics.ForgetExpected(topic);
            Done.SetResult(subscribed);
        }
    }

    private sealed class UnsubscribeWorkItem(Session session, string topic) : LoopWorkItem
    {
        public override void Run() => session.Unsubscribe(topic);
    }
}
