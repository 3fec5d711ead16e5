using WsAot.Protocol.Handshake;

namespace WsAot.Files;

/// <summary>Which file a request asks for, and in which codings it may come.</summary>
internal sealed class FileQuery
{
    private readonly string _knownTags;

    /// <param name="head">The request.</param>
    /// <param name="name">Its path below the mount.</param>
    public FileQuery(RequestHead head, string name)
    {
        Name = name;
        int brotli = AcceptEncoding.GetQuality(head, "br"u8);
        int gzip = AcceptEncoding.GetQuality(head, "gzip"u8);
        int identity = AcceptEncoding.GetQuality(head, "identity"u8);
        if (brotli < identity) brotli = 0;
        if (gzip < identity) gzip = 0;
        List<(string, string)> codings = [];
        if (brotli > 0) codings.Add(("br", ".br"));
        // Of two that are wanted as much, the smaller.
        if (gzip > 0) codings.Insert(gzip > brotli ? 0 : codings.Count, ("gzip", ".gz"));
        Codings = codings;
        string? tags = null;
        foreach (HeaderField field in head)
        {
            if (field.Is("if-none-match"u8)) tags = tags + "," + System.Text.Encoding.Latin1.GetString(field.Value);
        }

        _knownTags = tags ?? "";
    }

    /// <summary>The path with slashes, without one at the front; empty, or with one at the end, for a folder.</summary>
    public string Name { get; }

    /// <summary>Compressed forms that are better than the file itself, the best first: the coding, and how its files' names end.</summary>
    public IReadOnlyList<(string Coding, string Suffix)> Codings { get; }

    /// <summary>Whether the client has what the tag stands for (RFC 9110 section 13.1.2: compared weakly).</summary>
    public bool Has(string tag)
    {
        foreach (Range range in _knownTags.AsSpan().Split(','))
        {
            ReadOnlySpan<char> known = _knownTags.AsSpan()[range].Trim(" \t");
            if (known.StartsWith("W/", StringComparison.Ordinal)) known = known[2..];
            if (known is "*" || known.SequenceEqual(tag)) return true;
        }

        return false;
    }
}
