using System.Buffers.Text;

namespace WsAot.Protocol.Handshake;

/// <summary>
/// Reads the body of a request (RFC 9112 sections 6 and 7.1): as long as Content-Length says, or chunked, or none. It can resume at every
/// byte, and keeps nothing: data is a slice of what was received. Errors are permanent. Do not copy it.
/// </summary>
public struct RequestBodyReader
{
    private ChunkReader _chunks;
    private long _left;             // bytes left of a body with a length
    private readonly long _maxBytes;
    private long _total;            // the bytes of the chunks that have begun
    private readonly bool _isChunked;
    private bool _isDone;

    /// <summary>Starts to read the body of a request.</summary>
    /// <param name="head">The request, for which <see cref="OpeningHandshake.CheckLength"/> has found no error.</param>
    /// <param name="maxBytes">The largest body in bytes, without the lines around chunks: 0 or more.</param>
    public RequestBodyReader(RequestHead head, long maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        _maxBytes = maxBytes;
        _isChunked = head.CountHeader("transfer-encoding"u8) > 0;
        if (!_isChunked && !Utf8Parser.TryParse(head.Find("content-length"u8), out _left, out _)) _left = 0;
        // Section 6.3 item 7: a request without either has no body.
        _isDone = !_isChunked && _left == 0;
        // The length is known before the first byte arrives.
        if (_left > maxBytes) Error = HandshakeError.BodyTooLarge;
    }

    /// <summary>What is wrong, after <see cref="BodyReadStatus.Error"/>, or at once if the declared length exceeds the limit.</summary>
    public HandshakeError Error { get; private set; }

    /// <summary>Whether the body is complete; at once if there is none.</summary>
    public readonly bool IsDone => _isDone;

    /// <summary>Whether a request announces a body.</summary>
    public static bool HasBody(RequestHead head) => !new RequestBodyReader(head, long.MaxValue).IsDone;

    /// <summary>Reads the next part.</summary>
    /// <param name="received">The received bytes; afterwards the part that was not read yet.</param>
    /// <param name="data">The next bytes of the body after <see cref="BodyReadStatus.Data"/>, else empty.</param>
    public BodyReadStatus Read(ref ReadOnlySpan<byte> received, out ReadOnlySpan<byte> data)
    {
        data = default;
        if (Error != HandshakeError.None) return BodyReadStatus.Error;
        if (_isDone) return BodyReadStatus.Done;
        if (_isChunked) return ReadChunked(ref received, out data);
        if (received.IsEmpty) return BodyReadStatus.NeedMoreData;

        data = Cut(ref received, _left);
        _left -= data.Length;
        _isDone = _left == 0;
        return BodyReadStatus.Data;
    }

    private BodyReadStatus ReadChunked(ref ReadOnlySpan<byte> received, out ReadOnlySpan<byte> data)
    {
        data = default;
        while (!received.IsEmpty)
        {
            if (_chunks.IsInData)
            {
                data = Cut(ref received, _chunks.Left);
                _chunks.Take(data.Length);
                return BodyReadStatus.Data;
            }

            BodyReadStatus status = _chunks.Read(received[0]);
            received = received[1..];
            if (status == BodyReadStatus.Error) return Fail(HandshakeError.InvalidChunk);
            if (status == BodyReadStatus.Data)
            {
                // Checked when the length is known, before the data comes.
                if (_chunks.Left > _maxBytes - _total) return Fail(HandshakeError.BodyTooLarge);
                _total += _chunks.Left;
            }
            else if (status == BodyReadStatus.Done)
            {
                _isDone = true;
                return BodyReadStatus.Done;
            }
        }

        return BodyReadStatus.NeedMoreData;
    }

    private BodyReadStatus Fail(HandshakeError error)
    {
        Error = error;
        return BodyReadStatus.Error;
    }

    private static ReadOnlySpan<byte> Cut(ref ReadOnlySpan<byte> received, long length)
    {
        int taken = (int)Math.Min(received.Length, length);
        ReadOnlySpan<byte> cut = received[..taken];
        received = received[taken..];
        return cut;
    }
}
