using WsAot.Conformance.Deflate;
using WsAot.TestKit.Frames;

namespace WsAot.Conformance.Tests.Servers;

/// <summary>One connection of an <see cref="EchoServer"/>: its bytes, and the message in progress.</summary>
internal sealed class EchoConnection(Stream stream, CancellationToken stopping)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private int _checked;

    public List<byte> Message { get; } = [];

    public int Fragments { get; set; }

    public Opcode Opcode { get; set; }

    public bool IsCompressed { get; set; }

    public DeflateEncoder? Encoder { get; set; }

    public InflateDecoder? Decoder { get; set; }

    public static byte[] Unmask(byte[] payload, byte[] key)
    {
        FrameEncoder.Mask(payload, key);
        return payload;
    }

    public void BeginMessage()
    {
        Message.Clear();
        Fragments = 0;
        _checked = 0;
    }

    /// <summary>What of the message was not looked at, from the beginning of a character on.</summary>
    public byte[] TakeUnchecked()
    {
        byte[] part = [.. Message[_checked..]];
        int lead = Message.Count;
        while (lead > _checked && Message.Count - lead < 4 && (lead == Message.Count || (Message[lead] & 0xc0) == 0x80)) lead--;
        _checked = lead;
        return part;
    }

    public async Task<byte[]> ReadAsync(int count)
    {
        byte[] bytes = new byte[count];
        for (int position = 0; position < count;)
        {
            byte[] part = await ReadSomeAsync(count - position);
            part.CopyTo(bytes, position);
            position += part.Length;
        }

        return bytes;
    }

    /// <summary>What there is, but no more than this; at the end of the connection an exception.</summary>
    public async Task<byte[]> ReadSomeAsync(int limit)
    {
        if (_start == _end)
        {
            _start = 0;
            _end = await stream.ReadAsync(_buffer, stopping);
            if (_end == 0) throw new EndOfStreamException();
        }

        byte[] bytes = _buffer[_start..Math.Min(_end, _start + limit)];
        _start += bytes.Length;
        return bytes;
    }

    public async Task SendAsync(byte[] bytes) => await stream.WriteAsync(bytes, stopping);
}
