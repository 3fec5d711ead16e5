using WsAot.Protocol.Frames;
using WsAot.Transport.InMemory;

namespace WsAot.Testing.Wire;

/// <summary>Reads the frames of the server, and assembles messages.</summary>
/// <param name="peer">The source of the bytes.</param>
/// <param name="first">The bytes that arrived with the response to the upgrade.</param>
/// <param name="compression">The compression; null if it was not negotiated.</param>
internal sealed class FrameInput(InMemoryPeer peer, byte[] first, ClientCompression? compression)
{
    private readonly List<byte> _message = [];
    private byte[] _bytes = first;
    private int _start;
    private Opcode? _opcode;        // of the message that is not complete
    private bool _isCompressed;

    /// <summary>Whether there are unread bytes.</summary>
    public bool HasBytes => _start < _bytes.Length || !peer.Received.IsEmpty;

    /// <summary>Reads the next control frame or whole message.</summary>
    /// <returns>Null if there is none.</returns>
    public ServerFrame? Read()
    {
        while (ReadFrame() is { } frame)
        {
            if (frame.Opcode >= Opcode.Close) return frame;
            if ((frame.Opcode == Opcode.Continuation) != _opcode.HasValue)
            {
                throw new WsTestException("The server sent fragments in the wrong order.");
            }

            if (_opcode is null) (_opcode, _isCompressed) = (frame.Opcode, frame.IsCompressed);
            _message.AddRange(frame.Payload);
            if (!frame.IsFinal) continue;
            byte[] payload = [.. _message];
            if (_isCompressed) payload = compression!.Inflate(payload);
            var message = new ServerFrame(_opcode.Value, payload, true, false);
            _message.Clear();
            _opcode = null;
            return message;
        }

        return null;
    }

    private ServerFrame? ReadFrame()
    {
        if (TryRead(out ServerFrame? frame)) return frame;
        if (peer.Received.IsEmpty) return null;
        _bytes = [.. _bytes.AsSpan(_start), .. peer.Take()];
        _start = 0;
        return TryRead(out frame) ? frame : null;
    }

    private bool TryRead(out ServerFrame? frame)
    {
        frame = ServerFrame.Read(_bytes.AsSpan(_start), compression is not null, out int length);
        _start += length;
        return frame is not null;
    }
}
