using System.Globalization;
using System.Text;

namespace WsAot.Conformance.Client;

/// <summary>The first bytes in both directions, for the report of a failure.</summary>
internal sealed class Trace
{
    private const int MaxEntries = 24;
    private const int MaxBytes = 48;

    private readonly List<string> _entries = [];
    private int _dropped;

    public void Sent(ReadOnlySpan<byte> bytes) => Add("sent", bytes);

    public void Received(ReadOnlySpan<byte> bytes) => Add("came", bytes);

    public void Note(string what)
    {
        lock (_entries) AddEntry(what);
    }

    public override string ToString()
    {
        lock (_entries) return string.Join('\n', _entries) + (_dropped > 0 ? $"\n... and {_dropped} more" : "");
    }

    private void Add(string verb, ReadOnlySpan<byte> bytes)
    {
        lock (_entries)
        {
            AddEntry(
                _entries.Count < MaxEntries
                    ? string.Create(CultureInfo.InvariantCulture, $"{verb} {bytes.Length} bytes: {Describe(bytes)}")
                    : "");
        }
    }

    private void AddEntry(string entry)
    {
        if (_entries.Count < MaxEntries) _entries.Add(entry);
        else _dropped++;
    }

    // Shows bytes as text if all of them are text, as in handshakes; else in hexadecimal.
    private static string Describe(ReadOnlySpan<byte> bytes)
    {
        bool isText = bytes.Length > 0
            && bytes.IndexOfAnyExceptInRange((byte)32, (byte)126) is var odd
            && (odd < 0 || bytes[odd] is 13 or 10);
        ReadOnlySpan<byte> head = bytes[..Math.Min(bytes.Length, isText ? 12 * MaxBytes : MaxBytes)];
        string ending = head.Length < bytes.Length ? " ..." : "";
        if (!isText) return string.Join(' ', head.ToArray().Select(value => value.ToString("x2", CultureInfo.InvariantCulture))) + ending;

        StringBuilder text = new("\"");
        foreach (byte value in head)
        {
            text.Append(value switch
            {
                13 => "\\r",
                10 => "\\n",
                >= 32 and <= 126 => ((char)value).ToString(),
                _ => $"\\x{value:x2}",
            });
        }

        return text.Append('"').Append(ending).ToString();
    }
}
