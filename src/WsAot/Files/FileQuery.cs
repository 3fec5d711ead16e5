using WsAot.Protocol.Handshake;

namespace WsAot.Files;

/// <summary>Which file a request asks for, and which codings it accepts.</summary>
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
        // If the client prefers neither, brotli comes first, because it is smaller.
        if (gzip > 0) codings.Insert(gzip > brotli ? 0 : codings.Count, ("gzip", ".gz"));
        Codings = codings;
        string? tags = null;
        foreach (HeaderField field in head)
        {
            if (field.Is("if-none-match"u8)) tags = tags + "," + System.Text.Encoding.Latin1.GetString(field.Value);
        }

        _knownTags = tags ?? "";
    }

    /// <summary>The path without its first slash. For a folder, it is empty or ends with a slash.</summary>
    public string Name { get; }

    /// <summary>
    /// The codings that the client accepts at least as much as the uncompressed file, best first, each with the suffix of its files.
    /// </summary>
    public IReadOnlyList<(string Coding, string Suffix)> Codings { get; }

    /// <summary>Whether the client already has the content with this tag (RFC 9110 section 13.1.2: compared weakly).</summary>
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
