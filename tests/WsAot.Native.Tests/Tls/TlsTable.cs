using System.Text;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Tls;

/// <summary>The table of docs/how-to/tls.md, made anew by asking a server for each of its rows.</summary>
internal sealed class TlsTable(int port)
{
    /// <summary>The names that the server has certificates for: the first one's key is EC, the other's RSA.</summary>
    public const string EcHost = "ec.example.com";

    public const string RsaHost = "rsa.example.com";

    private const string Taken = "taken";
    private const string BeginMark = "<!-- tls-table -->\n";
    private const string EndMark = "<!-- /tls-table -->";

    private readonly StringBuilder _text = new("| a client offers | the server |\n|---|---|\n");

    public static string Page { get; } = Path.Combine(Repository.Root, "docs", "how-to", "tls.md");

    /// <summary>The table as the page has it.</summary>
    public static string OnPage(string page)
    {
        int begin = page.IndexOf(BeginMark, StringComparison.Ordinal) + BeginMark.Length;
        return page[begin..page.IndexOf(EndMark, StringComparison.Ordinal)];
    }

    public async Task<string> MakeAsync(string folder)
    {
        await AddVersionsAsync();
        await AddCiphersAsync();
        await AddGroupsAsync();
        await AddOrdersAsync();
        await AddSessionsAsync(folder);
        await AddExtensionsAsync();
        return _text.ToString();
    }

    private async Task AddVersionsAsync()
    {
        await AddAsync("SSL 3.0 alone", new ClientHello(0x0300, 0xC02B, 0xC009, 0xC013, 0x002F));
        await AddAsync("TLS 1.0 alone", Taken, "-tls1", "-cipher", "ALL@SECLEVEL=0");
        await AddAsync("TLS 1.1 alone", Taken, "-tls1_1", "-cipher", "ALL@SECLEVEL=0");
        await AddAsync("TLS 1.2 alone", "TLSv1.2 ", "-tls1_2");
        await AddAsync("TLS 1.3 alone", "TLSv1.3 ", "-tls1_3");
    }

    private async Task AddCiphersAsync()
    {
        foreach (string cipher in (string[])["AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305"])
        {
            await AddCipherAsync("ECDHE-ECDSA-" + cipher, EcHost);
            await AddCipherAsync("ECDHE-RSA-" + cipher, RsaHost);
        }

        foreach (string cipher in (string[])["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"])
        {
            await AddAsync($"1.3: `{cipher}`", "TLSv1.3 " + cipher, "-tls1_3", "-ciphersuites", cipher);
        }

        await AddAsync("1.3: `TLS_AES_128_CCM_SHA256`", Taken, "-tls1_3", "-ciphersuites", "TLS_AES_128_CCM_SHA256");
        await AddCipherAsync("ECDHE-ECDSA-AES128-CCM", EcHost);
        await AddCipherAsync("ECDHE-ECDSA-AES128-SHA256", EcHost, " (CBC)");
        await AddCipherAsync("ECDHE-RSA-AES256-SHA", RsaHost, " (CBC)");
        await AddCipherAsync("AES128-GCM-SHA256", RsaHost, " (RSA key exchange)");
        await AddCipherAsync("DHE-RSA-AES128-GCM-SHA256", RsaHost, " (DHE)");
        await AddCipherAsync("ECDHE-ECDSA-CAMELLIA128-SHA256", EcHost);
        await AddCipherAsync("ADH-AES128-GCM-SHA256", EcHost, " (no certificate)");
        await AddCipherAsync("ECDHE-ECDSA-NULL-SHA", EcHost, " (no encryption)");
        await AddAsync("1.2: 3DES", new ClientHello(0x0303, 0xC008, 0xC012, 0x0016, 0x000A));
        await AddAsync("1.2: RC4", new ClientHello(0x0303, 0xC007, 0xC011, 0x0005));
        await AddAsync("1.2: ciphers for export", new ClientHello(0x0303, 0x0003, 0x0006, 0x0008, 0x0014));
    }

    private async Task AddGroupsAsync()
    {
        foreach (string version in (string[])["1.2", "1.3"])
        {
            string only = "-tls" + version.Replace('.', '_');
            await AddGroupAsync(version, "X25519", "X25519", only);
            await AddGroupAsync(version, "P-256", "prime256v1", only);
            await AddGroupAsync(version, "P-384", "secp384r1", only);
            await AddGroupAsync(version, "P-521", "secp521r1", only);
        }

        // Where both sides have it.
        OpenSslAnswer hybrid = await AskAsync("-groups", "X25519MLKEM768");
        bool isUnknown = hybrid.Text.Contains("cannot be set", StringComparison.Ordinal);
        Add("1.3: `X25519MLKEM768`", isUnknown || hybrid.Group == "X25519MLKEM768" ? "taken, with OpenSSL 3.5" : Explain(hybrid.Alert));
    }

    private async Task AddOrdersAsync()
    {
        const string Aes = "ECDHE-ECDSA-AES128-GCM-SHA256";
        const string ChaCha = "ECDHE-ECDSA-CHACHA20-POLY1305";
        foreach ((string what, string first, string second) in ((string, string, string)[])
            [("ChaCha20 before AES", ChaCha, Aes), ("AES before ChaCha20", Aes, ChaCha)])
        {
            Add($"1.2: {what}", Chosen(await AskAsync("-tls1_2", "-cipher", $"{first}:{second}")));
        }

        const string Aes13 = "TLS_AES_128_GCM_SHA256";
        const string ChaCha13 = "TLS_CHACHA20_POLY1305_SHA256";
        Add("1.3: ChaCha20 before AES", Chosen(await AskAsync("-tls1_3", "-ciphersuites", $"{ChaCha13}:{Aes13}")));
        Add("1.3: AES before ChaCha20", Chosen(await AskAsync("-tls1_3", "-ciphersuites", $"{Aes13}:{ChaCha13}")));

        static string Chosen(OpenSslAnswer answer) => answer.Agreed switch
        {
            string text when text.Contains("CHACHA20", StringComparison.Ordinal) => "takes ChaCha20",
            string text when text.Contains("AES", StringComparison.Ordinal) => "takes AES",
            _ => Explain(answer.Alert),
        };
    }

    private async Task AddSessionsAsync(string folder)
    {
        foreach (string version in (string[])["1.2", "1.3"])
        {
            string only = "-tls" + version.Replace('.', '_');
            string ticket = Path.Combine(folder, "ticket" + only);
            OpenSslAnswer first = await AskAsync(only, "-sess_out", ticket);
            Assert.False(first.IsResumed);
            OpenSslAnswer second = await AskAsync(only, "-sess_in", ticket);
            Add($"{version}: a ticket", second.IsResumed && second.Agreed is not null ? "resumes the session" : "makes a full handshake");
        }

        OpenSslAnswer without = await AskAsync("-tls1_2", "-no_ticket", "-sess_out", Path.Combine(folder, "id"));
        Assert.NotNull(without.Agreed);
        OpenSslAnswer again = await AskAsync("-tls1_2", "-no_ticket", "-sess_in", Path.Combine(folder, "id"));
        Add("1.2: a session by its id", again.IsResumed ? "resumes the session" : "makes a full handshake");
        OpenSslAnswer early = await AskAsync("-tls1_3");
        Add("1.3: early data", early.Text.Contains("Max Early Data: 0", StringComparison.Ordinal) ? "does not take it" : "takes it");
        OpenSslAnswer renegotiation = await OpenSslClient.AskAsync(port, OpenSslClient.Renegotiate, "-tls1_2");
        // The alert is a warning, which s_client takes for the end.
        bool isRefused = renegotiation.Text.Contains(":no renegotiation:", StringComparison.Ordinal);
        Add("1.2: renegotiation", isRefused ? "refuses: no_renegotiation" : "makes another handshake");
        (int? alert, int? compression) = await new ClientHello(0x0303, 0xC02B) { Compressions = [1, 0] }.AskAsync(port);
        Add("1.2: compression, or none", compression == 0 ? "takes none" : Explain(alert));
    }

    private async Task AddExtensionsAsync()
    {
        foreach (string offered in (string[])["http/1.1", "h2,http/1.1"])
        {
            Add($"ALPN `{offered}`", $"takes `{(await AskAsync("-alpn", offered)).Protocol}`");
        }

        await AddAsync("ALPN `h2` alone", Taken, "-alpn", "h2");
        OpenSslAnswer none = await AskAsync();
        Add("no ALPN", none is { Agreed: not null, Protocol: null } ? Taken : Explain(none.Alert));
        foreach (string host in (string[])[EcHost, RsaHost, "other.example.net"])
        {
            OpenSslAnswer answer = await AskAsync("-servername", host);
            Add($"the name `{host}` (SNI)", $"shows the certificate of `{answer.CommonName}`");
        }

        Add("no name", $"shows the certificate of `{(await AskAsync("-noservername")).CommonName}`");
    }

    private Task AddCipherAsync(string cipher, string host, string note = "") => AddAsync(
        $"1.2: `{cipher}`{note}", "TLSv1.2 " + cipher, "-tls1_2", "-cipher", cipher + ":@SECLEVEL=0", "-servername", host);

    private async Task AddGroupAsync(string version, string name, string other, string only)
    {
        // In TLS 1.2 the key of an EC certificate must be of one of the groups, too (RFC 8422 section 5.1).
        OpenSslAnswer answer = await AskAsync(only, "-groups", name, "-servername", RsaHost);
        bool isTaken = answer.Agreed is not null && (answer.Group == name || answer.Group == other);
        Add($"{version}: {name}", isTaken ? Taken : Explain(answer.Alert));
    }

    /// <param name="what">What is offered.</param>
    /// <param name="agreed">How the agreement begins if it is taken.</param>
    /// <param name="arguments">What asks for it.</param>
    private async Task AddAsync(string what, string agreed, params string[] arguments)
    {
        OpenSslAnswer answer = await AskAsync(arguments);
        Add(what, answer.Agreed?.StartsWith(agreed, StringComparison.Ordinal) == true ? Taken : Explain(answer.Alert, answer));
    }

    private async Task AddAsync(string what, ClientHello hello) => Add(what, Explain((await hello.AskAsync(port)).Alert));

    private void Add(string what, string answer) => _text.Append(null, $"| {what} | {answer} |\n");

    private Task<OpenSslAnswer> AskAsync(params string[] arguments) => OpenSslClient.AskAsync(port, OpenSslClient.Request, arguments);

    // The names of RFC 8446 section 6. Without an alert, it was s_client that did not ask.
    private static string Explain(int? alert, OpenSslAnswer? answer = null) => alert switch
    {
        40 => "refuses: handshake_failure",
        70 => "refuses: protocol_version",
        120 => "refuses: no_application_protocol",
        null => $"gives no alert: {answer?.Agreed ?? answer?.Text}",
        _ => $"refuses: {alert}",
    };
}
