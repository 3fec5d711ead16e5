using System.Text;
using WsAot.Protocol.Frames;

namespace WsAot.Testing;

/// <summary>Sending.</summary>
public sealed partial class WsTestClient
{
    /// <summary>Sends a text message.</summary>
    /// <param name="text">The message.</param>
    /// <exception cref="WsTestException">The connection has ended.</exception>
    public Task SendAsync(string text) => SendMessage(Opcode.Text, Encoding.UTF8.GetBytes(text), []);

    /// <summary>Sends a binary message.</summary>
    /// <param name="payload">The message.</param>
    /// <exception cref="WsTestException">The connection has ended.</exception>
    public Task SendBinaryAsync(ReadOnlyMemory<byte> payload) => SendMessage(Opcode.Binary, payload, []);

    /// <summary>Sends a text message in fragments, which may split a character.</summary>
    /// <param name="fragments">The payload of each frame; with compression, the same number of frames of about these lengths.</param>
    /// <exception cref="WsTestException">The connection has ended.</exception>
    public Task SendFragmentsAsync(params byte[][] fragments) => SendParts(Opcode.Text, fragments);

    /// <summary>Sends a text message in fragments.</summary>
    /// <param name="fragments">The text of each frame; with compression, the same number of frames of about these lengths.</param>
    /// <exception cref="WsTestException">The connection has ended.</exception>
    public Task SendFragmentsAsync(params string[] fragments) =>
        SendParts(Opcode.Text, Array.ConvertAll(fragments, Encoding.UTF8.GetBytes));

    /// <summary>Sends a binary message in fragments.</summary>
    /// <param name="fragments">The payload of each frame; with compression, the same number of frames of about these lengths.</param>
    /// <exception cref="WsTestException">The connection has ended.</exception>
    public Task SendBinaryFragmentsAsync(params byte[][] fragments) => SendParts(Opcode.Binary, fragments);

    /// <summary>Sends one frame, whatever was sent before: to leave a message incomplete, or to send what a client must not send.</summary>
    /// <param name="opcode">The type of the frame.</param>
    /// <param name="payload">The payload. It is masked, and not compressed.</param>
    /// <param name="isFinal">False if more fragments of the message follow.</param>
    public Task SendFrameAsync(Opcode opcode, ReadOnlyMemory<byte> payload, bool isFinal = true) =>
        Act(() => _connection.Output.Send(opcode, payload.Span, isFinal));

    /// <summary>Sends raw bytes.</summary>
    /// <param name="pieces">The bytes. The server receives the pieces one by one.</param>
    public Task SendRawAsync(params byte[][] pieces) => Act(() =>
    {
        foreach (byte[] piece in pieces) _connection.Output.SendRaw(piece);
    });

    /// <summary>Sends a ping. <see cref="ReceivePongAsync"/> takes the server's pong.</summary>
    /// <param name="payload">At most 125 bytes.</param>
    /// <exception cref="WsTestException">The connection has ended.</exception>
    public Task PingAsync(ReadOnlyMemory<byte> payload = default) => SendControl(Opcode.Ping, payload);

    /// <summary>Sends a pong, with or without a ping before it (RFC 6455 section 5.5.3).</summary>
    /// <param name="payload">At most 125 bytes.</param>
    /// <exception cref="WsTestException">The connection has ended.</exception>
    public Task PongAsync(ReadOnlyMemory<byte> payload = default) => SendControl(Opcode.Pong, payload);

    /// <summary>Sends a close frame and waits for the server's.</summary>
    /// <param name="code">1000 to 1003, 1007 to 1014, or 3000 to 4999; 1005: a close frame without a code.</param>
    /// <param name="reason">At most 123 bytes of UTF-8; a longer reason is cut.</param>
    /// <returns>The server's code and reason, and whether the end was clean.</returns>
    /// <exception cref="WsTestException">The connection has ended, or the server does not answer.</exception>
    public async Task<WsClose> CloseAsync(ushort code = 1000, string reason = "")
    {
        await Act(() =>
        {
            ThrowIfEnded();
            _connection.SendClose(code, reason);
        });
        await WaitAsync(() => _connection.Close is not null, "a close frame");
        return _connection.Close!.Value;
    }

    private Task SendParts(Opcode opcode, byte[][] parts) =>
        SendMessage(opcode, parts.SelectMany(static part => part).ToArray(), Array.ConvertAll(parts, static part => part.Length));

    private Task SendMessage(Opcode opcode, ReadOnlyMemory<byte> payload, int[] lengths) => Act(() =>
    {
        ThrowIfEnded();
        _connection.SendMessage(opcode, payload.Span, lengths);
    });

    private Task SendControl(Opcode opcode, ReadOnlyMemory<byte> payload) => Act(() =>
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, 125, nameof(payload));
        ThrowIfEnded();
        _connection.Output.Send(opcode, payload.Span);
    });

    private void ThrowIfEnded()
    {
        if (!_isReset && !_connection.HasSentClose && _connection.Close is null) return;
        throw _server.Explain($"Cannot send on {_target}: the connection has ended.", this);
    }

    private Task Act(Action action)
    {
        try
        {
            Pump.Do(action);
            return Task.CompletedTask;
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
    }
}
