using System.ComponentModel;

namespace WsAot.Routing;

/// <summary>
/// A request path as decoded segments: <c>/chat/caf%C3%A9</c> is <c>chat</c>, <c>café</c>; <c>/</c> is one empty segment. The path is split
/// before it is decoded, so an encoded slash stays inside its segment (RFC 3986 section 2.2).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct WsPath
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<int> _ends;

    internal WsPath(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> ends)
    {
        _bytes = bytes;
        _ends = ends;
    }

    /// <summary>The number of segments; at least one.</summary>
    public int Count => _ends.Length;

    /// <summary>The decoded bytes of a segment, valid UTF-8.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            int start = index == 0 ? 0 : _ends[index - 1];
            return _bytes[start.._ends[index]];
        }
    }
}
