using System.Text;

namespace WsAot.Routing;

/// <summary>
/// A decoded path, shared by the connections that have it in common: UTF-8 until somebody asks for the text, which takes twice as much, and
/// then the text alone. Any thread.
/// </summary>
internal sealed class NamedPath(RequestPath path)
{
    private object _written = path.ToUtf8();

    public ReadOnlySpan<byte> Utf8 => _written is byte[] utf8 ? utf8 : Encoding.UTF8.GetBytes((string)_written);

    public string Text
    {
        get
        {
            if (_written is string known) return known;
            string text = Encoding.UTF8.GetString(Utf8);
            _written = text;
            return text;
        }
    }
}
