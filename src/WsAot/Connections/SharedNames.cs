using System.Text;
using WsAot.Routing;

namespace WsAot.Connections;

/// <summary>
/// The decoded path and the subprotocol, shared by connections that have both in common. The path is kept as UTF-8. When its text is asked
/// for, which takes twice the memory, the text replaces it. Any thread.
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

    /// <summary>Null if no subprotocol was negotiated.</summary>
    public string? Subprotocol => subprotocol;
}
