using System.Globalization;
using System.Text;

namespace WsAot.Transport.SslStreams;

/// <summary>The name that a client asks for (SNI, RFC 6066 section 3).</summary>
internal static class ServerName
{
    private static readonly IdnMapping s_mapping = new();

    /// <summary>Returns the name as the client has sent it: .NET decodes international names, but certificates have them encoded.</summary>
    /// <returns>Null if the client has asked for none.</returns>
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
