namespace WsAot.Protocol.Handshake;

/// <summary>
/// Reads the elements of a header such as <c>X-Forwarded-For</c> from the last to the first. Each proxy appends one element, so the last is
/// from the proxy next to us; a client can forge all elements before those of our own proxies. Several lines form one list.
/// </summary>
public ref struct ForwardedList
{
    /// <summary>
    /// The most elements that are read. No chain of proxies is that long, but a client can send as many as fit into a head.
    /// </summary>
    public const int MaxElements = 32;

    private readonly RequestHead _head;
    private readonly ReadOnlySpan<byte> _lowerCaseName;
    private ReadOnlySpan<byte> _line;
    private int _linesLeft;
    private int _elementsLeft = MaxElements;

    /// <summary>Starts after the last element.</summary>
    /// <param name="head">The request.</param>
    /// <param name="lowerCaseName">The name of the header in lower case.</param>
    public ForwardedList(RequestHead head, ReadOnlySpan<byte> lowerCaseName)
    {
        _head = head;
        _lowerCaseName = lowerCaseName;
        _linesLeft = head.CountHeader(lowerCaseName);
        Current = default;
    }

    /// <summary>The current element, without the white space around it.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Moves to the previous element. Empty elements are skipped (RFC 9110 section 5.6.1.2).</summary>
    /// <returns>False if there is none, or if <see cref="MaxElements"/> were read.</returns>
    public bool MoveNext()
    {
        while (_elementsLeft-- > 0)
        {
            if (_line.IsEmpty && !TakeLine()) return false;
            int comma = LastComma(_line);
            Current = HttpTokens.Trim(_line[(comma + 1)..]);
            _line = comma < 0 ? default : _line[..comma];
            if (!Current.IsEmpty) return true;
        }

        return false;
    }

    /// <summary>Moves to the element with this number, or to the first one if there are fewer.</summary>
    /// <param name="number">1 is the last one.</param>
    /// <returns>False if there are no elements.</returns>
    public bool MoveTo(int number)
    {
        ReadOnlySpan<byte> found = default;
        for (int i = 0; i < number && MoveNext(); i++) found = Current;
        Current = found;
        return !found.IsEmpty;
    }

    /// <summary>Finds the comma before the last element. A comma within quotation marks does not count (RFC 7239 section 4).</summary>
    private static int LastComma(ReadOnlySpan<byte> line)
    {
        bool isQuoted = false;
        for (int i = line.Length - 1; i >= 0; i--)
        {
            if (line[i] == '"') isQuoted = !isQuoted;
            else if (line[i] == ',' && !isQuoted) return i;
        }

        return -1;
    }

    private bool TakeLine()
    {
        if (_linesLeft == 0) return false;
        _linesLeft--;
        int index = 0;
        foreach (HeaderField field in _head)
        {
            if (!field.Is(_lowerCaseName) || index++ < _linesLeft) continue;
            _line = field.Value;
            return true;
        }

        return false;
    }
}
