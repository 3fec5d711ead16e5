using System.Text;
using WsAot.Connections;
using WsAot.Limits;
using WsAot.Topics;

namespace WsAot.JsonRpc;

/// <summary>
/// The topics that the client of a connection has asked for with <c>$/subscribe</c>: see docs/reference/topics.md. Used on the loop.
/// </summary>
internal sealed class PeerTopics
{
    private const int DefaultMaxTopics = 128;
    private const int DefaultMaxSubscribesPerSecond = 32;

    private readonly JsonRpcPeer _peer;
    private readonly JsonRpcRoute _route;
    private readonly Dictionary<string, PeerTopic> _topics = new(StringComparer.Ordinal);
    private readonly Rate _limit;
    private TokenBucket _rate;

    public PeerTopics(JsonRpcPeer peer, JsonRpcRoute route)
    {
        (_peer, _route) = (peer, route);
        int perSecond = route.Options.MaxSubscribesPerSecond;
        perSecond = perSecond > 0 ? perSecond : DefaultMaxSubscribesPerSecond;
        // The burst covers all topics, because a client that reconnects subscribes to all its topics again.
        _limit = new Rate(perSecond, (int)Math.Min((long)perSecond + MaxTopics, int.MaxValue));
        _rate = new TokenBucket(_limit, peer.Session.Loop.NowMs);
    }

    private static ReadOnlySpan<byte> SubscribeMethod => "$/subscribe"u8;

    private int MaxTopics => _route.Options.MaxTopics > 0 ? _route.Options.MaxTopics : DefaultMaxTopics;

    private Session Session => _peer.Session;

    /// <summary>Handles a request to subscribe.</summary>
    public void Subscribe(ReadOnlySpan<byte> id, ReadOnlySpan<byte> utf8, JsonRpcBatch? batch)
    {
        if (batch is not null)
        {
            // In a batch, the answer would wait for the other answers, and come after the first messages.
            Refuse(id, batch, JsonRpcErrorCode.InvalidRequest, "\"a subscription cannot be part of a batch\""u8);
            return;
        }

        if (SubscribeParameters.Read(utf8, out SubscribeParameters parameters) is { } problem)
        {
            Refuse(id, batch, JsonRpcErrorCode.InvalidParams, problem);
            return;
        }

        if (FindProblem(parameters, out byte[]? data) is var code and not 0)
        {
            Refuse(id, batch, code, data);
            return;
        }

        var request = new JsonRpcRequest(_peer, batch, SubscribeMethod, id, utf8);
        try
        {
            if (!_route.Ask(_peer, parameters.Topic, out ValueTask<bool> mayHear))
            {
                Refuse(id, batch, JsonRpcErrorCode.UnknownTopic);
                return;
            }

            // The result of a ValueTask can be read only once.
            if (mayHear.IsCompletedSuccessfully) mayHear = new ValueTask<bool>(mayHear.Result);
            if (mayHear.IsCompletedSuccessfully && (!mayHear.Result || Session.Loop.Server.Topics.Store is null))
            {
                Finish(null, parameters, mayHear.Result, id, batch);
            }
            else if (request.TryBegin())
            {
                var call = new SubscribeCall(in request, this, parameters);
                FindOrAdd(parameters.Topic).Pending = call;
                call.Run(call.AskAsync(mayHear));
            }
        }
        catch (Exception exception)
        {
            _peer.Fail(id, batch, exception, isCancelled: false);
        }
    }

    /// <summary>Handles a request to unsubscribe.</summary>
    /// <returns>False if the parameters name no topic.</returns>
    public bool TryUnsubscribe(ReadOnlySpan<byte> utf8)
    {
        if (SubscribeParameters.Read(utf8, out SubscribeParameters parameters) is not null) return false;
        End(parameters.Topic);
        return true;
    }

    /// <summary>Called when the application has decided whether the client may subscribe: subscribes, and answers.</summary>
    /// <param name="call">The call that waited for the decision; null if it was made at once.</param>
    /// <param name="parameters">The parameters of the request.</param>
    /// <param name="mayHear">The application's decision.</param>
    /// <param name="id">The id of the request.</param>
    /// <param name="batch">Its batch.</param>
    public void Finish(SubscribeCall? call, in SubscribeParameters parameters, bool mayHear, ReadOnlySpan<byte> id, JsonRpcBatch? batch)
    {
        PeerTopic? entry = _topics.GetValueOrDefault(parameters.Topic);
        if (_peer.HasEnded || (call is not null && entry?.Pending != call))
        {
            // Meanwhile the client has asked again or has unsubscribed.
            Refuse(id, batch, JsonRpcErrorCode.Cancelled);
            return;
        }

        if (!mayHear)
        {
            End(parameters.Topic);
            Refuse(id, batch, JsonRpcErrorCode.SubscriptionRefused);
            return;
        }

        WsSubscribed subscribed = Session.Subscribe(parameters.Topic, parameters.Since, out Subscription? subscription);
        entry ??= FindOrAdd(parameters.Topic);
        (entry.Pending, entry.IsSubscribed) = (null, true);
        StopListening(entry);
        TopicPresence? presence = subscription?.Topic.Topic.Presence;
        bool isFull = presence is not null && !subscription!.IsPresent;
        if (isFull)
        {
            End(parameters.Topic);
            Refuse(id, batch, JsonRpcErrorCode.TopicFull);
            return;
        }

        string? member = presence is null ? null : subscription!.Subscriber.Member.Id;
        JsonRpcOutput output = JsonRpcOutput.Rent();
        output.WriteSubscribed(id, subscribed, member);
        _peer.Send(output, batch);
        if (parameters.WantsPresence && presence is not null) Listen(presence, entry);
        Session.Counters.OfMethod(SubscribeMethod).CountEnded(isSucceeded: true);
    }

    /// <summary>Drops a call because the store does not answer. An earlier subscription stays.</summary>
    public void GiveUp(SubscribeCall call, in SubscribeParameters parameters)
    {
        if (!_topics.TryGetValue(parameters.Topic, out PeerTopic? entry) || entry.Pending != call) return;
        entry.Pending = null;
        if (!entry.IsSubscribed) _topics.Remove(parameters.Topic);
    }

    /// <summary>Called when a subscription has ended for another reason than the client's request.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="isLost">Whether its store has lost the messages; false: the application has ended the subscription.</param>
    /// <returns>False if the client has not asked for the topic.</returns>
    public bool OnEnded(string topic, bool isLost)
    {
        if (!_topics.TryGetValue(topic, out PeerTopic? entry) || !entry.IsSubscribed) return false;
        StopListening(entry);
        entry.IsSubscribed = false;
        // Keep the entry if a later request waits for the application.
        if (entry.Pending is null) _topics.Remove(topic);
        JsonRpcOutput output = JsonRpcOutput.Rent();
        if (isLost) output.WriteUnsubscribed(topic, JsonRpcErrorCode.TopicLost, "Topic lost"u8);
        else output.WriteUnsubscribed(topic, JsonRpcErrorCode.SubscriptionRefused, "Subscription refused"u8);
        _peer.Send(output, batch: null);
        return true;
    }

    /// <summary>The connection has ended.</summary>
    public void OnEnded()
    {
        foreach (PeerTopic entry in _topics.Values) StopListening(entry);
        _topics.Clear();
    }

    private void Listen(TopicPresence presence, PeerTopic entry)
    {
        _peer.HearOfEnd();
        // Subscribe first, so that no change is missed between the list and the changes.
        entry.Feed = Session.Loop.Topics.Listen(presence, Session);
        Session.SendShared(presence.Write());
    }

    /// <returns>The code of the error; 0 if there is none.</returns>
    private int FindProblem(in SubscribeParameters parameters, out byte[]? data)
    {
        data = null;
        long nowMs = Session.Loop.NowMs;
        if (_limit.IsLimited && !_rate.TryTake(_limit, nowMs))
        {
            data = Encoding.UTF8.GetBytes($"{{\"retryAfterMs\":{_rate.MsUntilToken(_limit)}}}");
            return JsonRpcErrorCode.TooManySubscriptions;
        }

        if (Session.Loop.Server.Topics.FindRule(parameters.Topic) is not { } rule) return JsonRpcErrorCode.UnknownTopic;
        if (parameters.WantsPresence && !(rule.Options.Presence && rule.Format is not null))
        {
            data = JsonRpcErrors.ToJson("this topic has no presence");
            return JsonRpcErrorCode.InvalidParams;
        }

        return _topics.Count >= MaxTopics && !_topics.ContainsKey(parameters.Topic) ? JsonRpcErrorCode.TooManyTopics : 0;
    }

    private PeerTopic FindOrAdd(string topic)
    {
        if (!_topics.TryGetValue(topic, out PeerTopic? entry)) _topics.Add(topic, entry = new PeerTopic());
        return entry;
    }

    private void End(string topic)
    {
        if (!_topics.Remove(topic, out PeerTopic? entry)) return;
        StopListening(entry);
        if (entry.IsSubscribed) Session.Unsubscribe(topic);
    }

    private void StopListening(PeerTopic entry)
    {
        if (entry.Feed is not { } feed) return;
        entry.Feed = null;
        Session.Loop.Topics.StopListening(feed);
    }

    private void Refuse(ReadOnlySpan<byte> id, JsonRpcBatch? batch, int code, ReadOnlySpan<byte> data = default) =>
        _peer.Refuse(SubscribeMethod, id, batch, code, data);
}
