using System.Diagnostics.CodeAnalysis;
using WsAot.Testing.Running;

namespace WsAot.Testing;

/// <summary>Reading.</summary>
public sealed partial class WsTestClient
{
    /// <summary>Reads the next message.</summary>
    /// <exception cref="WsTestException">None has arrived, and none will.</exception>
    public Task<WsTestMessage> ReceiveAsync() => ReceiveMessageAsync("a message", static _ => true);

    /// <summary>Reads the next message, which must be text.</summary>
    /// <exception cref="WsTestException">None has arrived and none will, or the next one is binary.</exception>
    public async Task<string> ReceiveTextAsync() => (await ReceiveMessageAsync("a text message", static next => next.IsText)).Text;

    /// <summary>Reads the next message, which must be binary.</summary>
    /// <exception cref="WsTestException">None has arrived and none will, or the next one is text.</exception>
    public async Task<byte[]> ReceiveBinaryAsync() =>
        (await ReceiveMessageAsync("a binary message", static next => !next.IsText)).Payload.ToArray();

    /// <summary>Reads the next message if one has arrived. It does not wait: use it to show that no message came.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryReceive([NotNullWhen(true)] out WsTestMessage? message)
    {
        message = Pump.Do(TakeMessage) ?? Pump.Do(TakeMessage);
        return message is not null;
    }

    /// <summary>Waits for the end of the connection. All messages before it must have been read.</summary>
    /// <returns>
    /// The server's code and reason; 1005 if its close frame has no code, 1006 if it ended without one. The end was clean if both sides
    /// sent a close frame and TCP was not reset.
    /// </returns>
    /// <exception cref="WsTestException">The connection stays open, or there are unread messages.</exception>
    public async Task<WsClose> ReceiveCloseAsync()
    {
        await WaitAsync(() => _connection.Close is not null || _connection.Messages.Count > 0, "the end of the connection");
        if (Pump.Look(() => _connection.Messages.Count) > 0) throw Missing("the end of the connection", WaitEnd.There);
        return _connection.Close!.Value;
    }

    /// <summary>
    /// Takes the next ping of the server. The client has already answered it, unless <see cref="AnswersPings"/> is false.
    /// </summary>
    /// <returns>The payload.</returns>
    /// <exception cref="WsTestException">None has arrived, and none will.</exception>
    public Task<byte[]> ReceivePingAsync() => TakeControlAsync(_connection.Pings, "a ping");

    /// <summary>Takes the next pong of the server.</summary>
    /// <returns>The payload.</returns>
    /// <exception cref="WsTestException">None has arrived, and none will.</exception>
    public Task<byte[]> ReceivePongAsync() => TakeControlAsync(_connection.Pongs, "a pong");

    private async Task<WsTestMessage> ReceiveMessageAsync(string expected, Func<WsTestMessage, bool> isExpected)
    {
        WsTestMessage? message = null;
        bool isOther = false;
        await WaitAsync(
            () =>
            {
                // A message of another kind stays unread, and the exception shows it.
                isOther = _connection.Messages.TryPeek(out WsTestMessage? next) && !isExpected(next);
                return isOther || (message = TakeMessage()) is not null;
            },
            expected);
        return message ?? throw Missing(expected, WaitEnd.There);
    }

    private WsTestMessage? TakeMessage()
    {
        if (!_connection.Messages.TryDequeue(out WsTestMessage? message)) return null;
        _connection.OnRead(message.Payload.Length);
        return message;
    }

    private async Task<byte[]> TakeControlAsync(Queue<byte[]> queue, string expected)
    {
        byte[]? payload = null;
        await WaitAsync(() => queue.TryDequeue(out payload), expected);
        return payload!;
    }

    private async Task WaitAsync(Func<bool> isThere, string expected)
    {
        WaitEnd end = await Pump.WaitAsync(isThere, () => !_connection.IsEnded && !_isReset);
        if (end != WaitEnd.There) throw Missing(expected, end);
    }

    private WsTestException Missing(string expected, WaitEnd end) => _server.Explain(
        $"Expected {expected} on {_target}, but {ReasonOf(end)}", this);

    private string ReasonOf(WaitEnd end) => end switch
    {
        WaitEnd.There => "something else came first.",
        WaitEnd.TimedOut => $"none came within {Pump.BusyTimeout}, the BusyTimeout, while a handler was busy.",
        WaitEnd.Nested => "a handler is reading it: the server cannot go on until the handler returns.",
        _ when _connection.IsReadingStopped => "none came: this client has stopped reading.",
        _ when _connection.IsEnded || _isReset => "none came, and the connection has ended.",
        _ => "none came, and none will: the server has nothing left to do.",
    };
}
