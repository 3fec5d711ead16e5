namespace WsAot.Fuzz.Sessions;

/// <summary>The parameters of permessage-deflate in the server's response (RFC 7692 section 7.1).</summary>
internal sealed record Agreement(bool ServerForgets, bool ClientForgets, int ServerWindowBits, int ClientWindowBits)
{
    private const string Header = "Sec-WebSocket-Extensions: permessage-deflate";

    /// <returns>Null if it has none.</returns>
    public static Agreement? Parse(string head)
    {
        int start = head.IndexOf(Header, StringComparison.OrdinalIgnoreCase);
        if (start < 0) return null;
        string[] parameters = head[
            (start + Header.Length)..head.IndexOf("\r\n", start, StringComparison.Ordinal)].Split(';', StringSplitOptions.TrimEntries);
        return new Agreement(
            parameters.Contains("server_no_context_takeover"),
            parameters.Contains("client_no_context_takeover"),
            WindowBits(parameters, "server_max_window_bits="),
            WindowBits(parameters, "client_max_window_bits="));
    }

    private static int WindowBits(string[] parameters, string name) =>
        parameters.FirstOrDefault(parameter => parameter.StartsWith(name, StringComparison.Ordinal)) is { } found
            ? int.Parse(found.AsSpan(name.Length))
            : 15;
}
