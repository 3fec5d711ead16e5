using System.Globalization;
using System.Text;
using WsAot.Handshake;
using WsAot.Server;

namespace WsAot.Admin;

/// <summary>The options of the admin listener.</summary>
internal static class AdminRules
{
    /// <summary>A shorter token can be guessed.</summary>
    private const int MinTokenLength = 16;

    private const int MaxTokenLength = 1024;
    private const string UrlsOption = "AdminUrls (--admin-urls)";
    private const string TokenOption = "AdminTokenFile (--admin-token-file)";
    private const string Http = "http://";

    /// <summary>Stands for the process id in a Unix address. Such an address belongs to this process alone.</summary>
    private const string ProcessMark = "{pid}";

    /// <summary>The addresses in the form of a server's: <c>ws://</c> for <c>http://</c>.</summary>
    /// <param name="adminUrls">The option, checked by <see cref="Check"/>.</param>
    /// <param name="isOwn">
    /// True for the addresses that belong to this process alone; false for those that a successor process takes over.
    /// </param>
    public static string ServerUrlsOf(string adminUrls, bool isOwn)
    {
        var urls = new StringBuilder();
        foreach (string url in OptionList.Split(adminUrls))
        {
            if (url.Contains(ProcessMark, StringComparison.Ordinal) != isOwn) continue;
            if (urls.Length > 0) urls.Append(';');
            string address = url[Http.Length..];
            urls.Append("ws://").Append(address.Replace(ProcessMark, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        }

        return urls.ToString();
    }

    /// <summary>The address in the form that users write.</summary>
    public static string AdminUrlOf(string serverUrl) => Http + serverUrl["ws://".Length..];

    /// <summary>Adds the errors in the options.</summary>
    public static void Check(WsServerOptions options, OptionErrors errors)
    {
        if (options.AdminUrls.Length == 0)
        {
            if (options.AdminTokenFile.Length > 0) errors.Add($"{TokenOption} needs {UrlsOption}, which is not set.");
            return;
        }

        if (!AdminFeature.IsSupported)
        {
            errors.Add($"{UrlsOption}: the admin listener was left out of this build (WsAotAdmin).");
            return;
        }

        if (errors.ReadList(options.AdminUrls, ParseUrls) is not { } addresses || options.AdminTokenFile.Length > 0) return;
        foreach (ListenAddress address in addresses)
        {
            if (address.IsLocal) continue;
            errors.Add($"{UrlsOption}: '{AdminUrlOf(address.ToString())}' can be reached from other machines: it needs {TokenOption}, "
                + "a file with a secret of 16 characters or more.");
        }
    }

    /// <summary>Reads the token: the first line of the file.</summary>
    /// <returns>Null if there is no file.</returns>
    /// <exception cref="WsStartException">The file cannot be read, or its token is not valid.</exception>
    public static string? ReadToken(WsServerOptions options)
    {
        string file = options.AdminTokenFile;
        if (file.Length == 0) return null;
        string token;
        try
        {
            // Read as bytes: File.ReadAllText would make the native file larger.
            token = Encoding.UTF8.GetString(File.ReadAllBytes(file)).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new WsStartException($"{TokenOption}: {file} cannot be read: {exception.Message}");
        }

        return token.Length is >= MinTokenLength and <= MaxTokenLength && !token.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? token
            : throw new WsStartException(
                $"{TokenOption}: {file} must have one line of {MinTokenLength} to {MaxTokenLength} visible ASCII characters.");
    }

    private static IReadOnlyList<ListenAddress> ParseUrls(string urls) =>
        ListenAddress.ParseAll(urls, UrlsOption, Http, secureScheme: null);
}
