using System.Buffers;
using System.Threading.Channels;
using NATS.Client.Core;
using WsAot.Nats.Connecting;
using WsAot.Nats.Messages;
using WsAot.Protocol.Frames;

namespace WsAot.Nats.Core;

/// <summary>
/// The messages to publish to topics without history, in order. While NATS is away they wait here, up to a limit; further messages are
/// dropped. Any thread can add messages.
/// </summary>
internal sealed class PublishQueue
{
    /// <summary>The memory of a message besides its payload.</summary>
    private const int OverheadBytes = 128;

    private readonly Channel<Item> _items = Channel.CreateUnbounded<Item>(new UnboundedChannelOptions { SingleReader = true });
    private readonly NatsLink _link;
    private readonly int _maxBytes;
    private readonly NatsHeaders _textHeaders;
    private readonly NatsHeaders _binaryHeaders;
    private long _bytes;
    private long _full;
    private long _failed;

    /// <param name="link">The connection.</param>
    /// <param name="node">The name of this server.</param>
    /// <param name="maxBytes">The limit of waiting bytes.</param>
    public PublishQueue(NatsLink link, string node, int maxBytes)
    {
        (_link, _maxBytes) = (link, maxBytes);
        _textHeaders = new NatsHeaders { [MessageHeaders.NodeName] = node };
        _binaryHeaders = new NatsHeaders { [MessageHeaders.NodeName] = node, [MessageHeaders.TypeName] = MessageHeaders.Binary };
    }

    /// <summary>The number of messages that were dropped because too many waited.</summary>
    public long Full => Volatile.Read(ref _full);

    /// <summary>The number of messages that could not be sent.</summary>
    public long Failed => Volatile.Read(ref _failed);

    /// <summary>The waiting bytes.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Adds a message, or drops it if too many wait.</summary>
    public void Add(string subject, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        int bytes = payload.Length + OverheadBytes;
        if (Interlocked.Add(ref _bytes, bytes) > _maxBytes)
        {
            Interlocked.Add(ref _bytes, -bytes);
            Interlocked.Increment(ref _full);
            _link.Log.PublishDropped(subject, "too many messages wait for NATS (see nats:maxPendingBytes)");
            return;
        }

        byte[] copy = ArrayPool<byte>.Shared.Rent(payload.Length);
        payload.CopyTo(copy);
        _items.Writer.TryWrite(new Item(subject, opcode, copy, payload.Length));
    }

    /// <summary>Publishes the messages, until the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await _items.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_items.Reader.TryRead(out Item item))
            {
                await _link.WaitUntilOpenAsync(cancellationToken).ConfigureAwait(false);
                await PublishAsync(item, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask PublishAsync(Item item, CancellationToken cancellationToken)
    {
        try
        {
            await _link.Connection.PublishAsync(
                item.Subject,
                new ReadOnlyMemory<byte>(item.Payload, 0, item.Length),
                item.Opcode == Opcode.Binary ? _binaryHeaders : _textHeaders,
                serializer: NatsRawSerializer<ReadOnlyMemory<byte>>.Default,
                cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Interlocked.Increment(ref _failed);
            _link.Log.PublishDropped(item.Subject, exception.Message);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(item.Payload);
            Interlocked.Add(ref _bytes, -(item.Length + OverheadBytes));
        }
    }

    private readonly record struct Item(string Subject, Opcode Opcode, byte[] Payload, int Length);
}
