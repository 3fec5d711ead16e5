namespace WsAot.Handshake;

/// <summary>Options that are lists.</summary>
internal static class OptionList
{
    /// <summary>
    /// The entries of a list that is separated by semicolons, without the white space around them and without empty ones.
    /// </summary>
    public static string[] Split(string list) =>
        list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
