using System.Buffers.Text;
using System.Security.Cryptography;
using WsAot.Nats.Connecting;
using WsAot.Nats.Core;
using WsAot.Nats.Kept;
using WsAot.Nats.Logging;
using WsAot.Nats.Presence;
using WsAot.Nats.Subjects;
using WsAot.Protocol.Frames;
using WsAot.Topics;

namespace WsAot.Nats;

/// <summary>Connects the topics of this process with those of other processes through NATS.</summary>
internal sealed class NatsBackplane : ITopicBackplane
{
    private readonly WsNatsOptions _options;
    private readonly NatsLink _link;
    private readonly SubjectNames _names;
    private readonly PublishQueue _queue;
    private readonly TopicSubscriptions _subscriptions;
    private readonly StoredTopics _stored;
    private readonly PresenceTopics _presence;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private TopicHub? _hub;

    /// <param name="options">The options, checked by <see cref="NatsRules"/>.</param>
    /// <param name="log">The log.</param>
    /// <param name="time">The clock.</param>
    public NatsBackplane(WsNatsOptions options, NatsLog log, TimeProvider time)
    {
        _options = options;
        Node = CreateName();
        _link = new NatsLink(NatsSettings.From(options, Node), new ConnectAdvice(options), log);
        _names = new SubjectNames(options.Prefix);
        _queue = new PublishQueue(_link, Node, options.MaxPendingBytes);
        _subscriptions = new TopicSubscriptions(_link, _names, Node);
        _stored = new StoredTopics(_link, _names, Node, options, time);
        _presence = new PresenceTopics(_link, _names, Node, options, time);
        _link.Opened = () =>
        {
            _stored.OnConnected();
            _presence.OnConnected();
        };
    }

    /// <summary>The name of this server among those of its prefix. It is different after each start.</summary>
    public string Node { get; }

    public NatsLink Link => _link;

    /// <inheritdoc/>
    public BackplaneCounts Counts => new(
        _link.IsOpen,
        _queue.Full + _stored.Publisher.Full,
        _queue.Failed,
        _stored.Publisher.Unconfirmed,
        // Only reads of JetStream can be dropped: topics are handled on the thread that reads the socket, without a channel that could be
        // full.
        _link.Dropped);

    /// <summary>Whether this server is subscribed to a topic at NATS.</summary>
    public bool IsSubscribed(string topic) => _subscriptions.IsMade(topic);

    /// <summary>The number of topics whose state must still be sent to NATS: topics without history, and topics with presence.</summary>
    public int Waiting => _subscriptions.Waiting + _presence.Topics;

    /// <inheritdoc/>
    public string? Problem => _link.IsOpen ? _stored.Problem : "NATS is not connected";

    /// <inheritdoc/>
    public bool IsRequired => _options.RequiredForReadiness;

    /// <inheritdoc/>
    public ITopicStore Store => _stored;

    /// <inheritdoc/>
    public void Start(TopicHub hub)
    {
        _hub = hub;
        _stored.Start(hub.Rules);
    }

    /// <summary>
    /// Connects, and begins to exchange messages. Waits for the connection for a while; if NATS does not answer, the server starts without
    /// it.
    /// </summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        CancellationToken stop = _stop.Token;
        _running = Task.WhenAll(
            Task.Run(() => _link.ConnectAsync(stop), stop),
            Task.Run(() => _queue.RunAsync(stop), stop),
            Task.Run(() => _subscriptions.RunAsync(_hub!, stop), stop),
            Task.Run(() => _stored.RunAsync(stop), stop),
            _hub!.Rules.Any(static rule => rule.Options.Presence) ? Task.Run(() => _presence.RunAsync(stop), stop) : Task.CompletedTask);
        await _link.WaitUntilOpenAsync(cancellationToken)
            .AsTask()
            .WaitAsync(TimeSpan.FromMilliseconds(_options.StoreTimeoutMs), cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (_link.IsOpen) await _stored.CreateStreamsAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Stop()
    {
        _stop.Cancel();
        // The loops have ended, so nothing waits for an answer any more.
        Task.Run(StopAsync).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void OnFirstSubscribed(string topic) => _subscriptions.Set(topic, isWanted: true);

    /// <inheritdoc/>
    public void OnLastUnsubscribed(string topic) => _subscriptions.Set(topic, isWanted: false);

    /// <inheritdoc/>
    public void OnJoined(TopicPresence presence, WsMember member) => _presence.Join(presence, member);

    /// <inheritdoc/>
    public void OnLeft(TopicPresence presence, string id) => _presence.Leave(presence, id);

    /// <inheritdoc/>
    public void OnPublished(string topic, Opcode opcode, ReadOnlySpan<byte> payload) =>
        _queue.Add(_names.TopicOf(topic), opcode, payload);

    private static string CreateName() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(9));

    private async Task StopAsync()
    {
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _link.DisposeAsync().ConfigureAwait(false);
    }
}
