using System.Text;
using WsAot.Routing;

namespace WsAot.Connections;

/// <summary>
/// The decoded path and the subprotocol, shared by connections that have both in common. The path is UTF-8 until somebody asks for its
/// text, which takes twice as much, and then the text alone. Any thread.
/// </summary>
internal sealed class SharedNames(RequestPath path, string? subprotocol)
{
    private object _path = path.ToUtf8();

    public ReadOnlySpan<byte> PathUtf8 => _path is byte[] utf8 ? utf8 : Encoding.UTF8.GetBytes((string)_path);

    public string Path
    {
        get
        {
            if (_path is string known) return known;
            string text = Encoding.UTF8.GetString(PathUtf8);
            _path = text;
            return text;
        }
    }

    /// <summary>Null: none was negotiated.</summary>
    public string? Subprotocol => subprotocol;
}
