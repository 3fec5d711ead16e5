using WsAot.Connections;
using WsAot.Loops;
using WsAot.Protocol.Frames;
using WsAot.Topics;

namespace WsAot.Dashboard;

/// <summary>
/// Subscribes to a topic on the server's first loop, and passes on the beginning of each message. Messages that come faster than the page
/// reads them are counted and dropped, because the server must not wait for a page.
/// </summary>
internal sealed class TopicListener(LoopState loop, string topic, TimeProvider time) : ISubscriber
{
    private const int MaxShownBytes = 1024;
    private const int MaxWaiting = 64;

    private readonly Lock _lock = new();
    private readonly List<TopicMessage> _messages = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Subscription? _subscription;    // on the loop
    private long _missed;                   // on the loop

    /// <summary>Takes the messages that have arrived, and a task that completes when there is another one. Any thread.</summary>
    public (TopicMessage[] Messages, Task Next) Take()
    {
        lock (_lock)
        {
            TopicMessage[] messages = [.. _messages];
            _messages.Clear();
            return (messages, _next.Task);
        }
    }

    /// <summary>Any thread.</summary>
    public void Start() => loop.Post(new Work(() => _subscription = loop.Topics.Subscribe(topic, this)));

    /// <summary>Any thread.</summary>
    public void Stop() => loop.Post(new Work(() =>
    {
        if (_subscription is { } subscription) loop.Topics.Unsubscribe(subscription);
    }));

    /// <inheritdoc/>
    public void Deliver(SharedFrame frame)
    {
        ReadOnlySpan<byte> shown = frame.Payload[..Math.Min(frame.PayloadBytes, MaxShownBytes)];
        bool isText = frame.Opcode == Opcode.Text;
        string text = isText ? System.Text.Encoding.UTF8.GetString(shown) : Convert.ToHexString(shown);
        var message = new TopicMessage(time.GetUtcNow().ToUnixTimeMilliseconds(), frame.PayloadBytes, text, isText, _missed);
        TaskCompletionSource? next = null;
        lock (_lock)
        {
            _missed = _messages.Count < MaxWaiting ? 0 : _missed + 1;
            if (_missed == 0) _messages.Add(message);
            if (_messages.Count == 1)
            {
                next = _next;
                _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        next?.TrySetResult();
    }

    private sealed class Work(Action work) : LoopWorkItem
    {
        public override void Run() => work();
    }
}
