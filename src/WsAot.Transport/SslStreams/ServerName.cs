using System.Globalization;
using System.Text;

namespace WsAot.Transport.SslStreams;

/// <summary>The name that a client asks for (SNI, RFC 6066 section 3).</summary>
internal static class ServerName
{
    private static readonly IdnMapping s_mapping = new();

    /// <summary>The name as the client has sent it: .NET gives international ones as people read them, certificates do not.</summary>
    /// <returns>Null: the client has asked for none.</returns>
    public static string? Normalize(string name)
    {
        if (name.Length == 0) return null;
        if (Ascii.IsValid(name)) return name;
        try
        {
            return s_mapping.GetAscii(name);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }
}
