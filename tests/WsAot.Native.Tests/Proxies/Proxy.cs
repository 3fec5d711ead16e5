using System.Text.RegularExpressions;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Proxies;

/// <summary>
/// A proxy that others wrote: its configuration is the one of docs/how-to/proxies.md, with other ports and times, and around it what its
/// package has in files of its own.
/// </summary>
/// <param name="Name">Its name on the page.</param>
/// <param name="Language">What the page's block is marked with.</param>
/// <param name="Listens">Where the page's block has the port that the proxy listens on.</param>
/// <param name="IdleTimeout">What the page's block has as the time that a quiet connection lives.</param>
/// <param name="Main">The whole configuration, from a folder, the port and the block.</param>
/// <param name="Command">The command that runs it in the foreground, from its folder.</param>
internal sealed partial record Proxy(
    string Name,
    string Language,
    (string Before, string After) Listens,
    string IdleTimeout,
    Func<string, int, string, string> Main,
    Func<string, string[]> Command)
{
    /// <summary>The file in its folder that holds the configuration.</summary>
    public const string File = "proxy.conf";

    public const Tool Tools = Tool.Nginx | Tool.HAProxy | Tool.Apache;

    private static readonly Proxy[] s_all =
    [
        new(
            "nginx",
            "nginx",
            ("listen ", ";"),
            "proxy_read_timeout 60s",
            NginxMain,
            static folder => [Harness.Tools.Nginx, "-p", folder, "-c", File, "-e", "stderr"]),
        new(
            "HAProxy",
            "haproxy",
            ("bind ", "\n"),
            "timeout tunnel 60s",
            HAProxyMain,
            static folder => [Harness.Tools.HAProxy, "-db", "-f", Path.Combine(folder, File)]),
        new(
            "Apache",
            "apache",
            ("<VirtualHost ", ">"),
            "Timeout 60",
            ApacheMain,
            static folder => [Harness.Tools.Apache, "-DFOREGROUND", "-f", Path.Combine(folder, File), "-E", "/dev/stderr"]),
    ];

    public static Proxy Named(string name) => s_all.Single(proxy => proxy.Name == name);

    /// <summary>The page's block for these ports.</summary>
    /// <param name="without">A text to leave out, with the rest of its line if nothing else stands there.</param>
    /// <param name="idleSeconds">The time that a quiet connection lives; null: the page's.</param>
    public string Block(int port, int serverPort, string? without = null, int? idleSeconds = null)
    {
        string block = Replace(ProxiesPage.Block(Language), "127.0.0.1:8080", $"127.0.0.1:{serverPort}");
        block = ListensOnPort80().Replace(block, $"${{before}}127.0.0.1:{port}${{after}}");
        Assert.Contains($"{Listens.Before}127.0.0.1:{port}{Listens.After}", block, StringComparison.Ordinal);
        if (idleSeconds is { } seconds)
        {
            block = Replace(block, IdleTimeout, IdleTimeout.Replace("60", seconds.ToString(null, null), StringComparison.Ordinal));
        }

        return without is null ? block : Without(block, without);
    }

    // nginx 1.29.7 changed what it does without this line: what it did before is what the page tells of.
    private static string Without(string block, string text) =>
        Replace(block, text, text == "proxy_http_version 1.1;" ? "proxy_http_version 1.0;" : "");

    private static string Replace(string block, string text, string replacement)
    {
        Assert.Contains(text, block, StringComparison.Ordinal);
        return block.Replace(text, replacement, StringComparison.Ordinal);
    }

    // One process, which ends with the test.
    private static string NginxMain(string folder, int port, string block) =>
        $$"""
        daemon off;
        master_process off;
        pid "{{folder}}/nginx.pid";
        events {
        }
        http {
            access_log off;
            client_body_temp_path "{{folder}}/body";
            proxy_temp_path "{{folder}}/proxy";
            fastcgi_temp_path "{{folder}}/fastcgi";
            uwsgi_temp_path "{{folder}}/uwsgi";
            scgi_temp_path "{{folder}}/scgi";
        {{block}}
        }

        """;

    // So that what becomes of a health check can be waited for.
    private static string HAProxyMain(string folder, int port, string block) =>
        "global\n    log stdout format raw daemon\n\n"
        + Replace(block, "defaults\n", "defaults\n    log global\n    option log-health-checks\n");

    private static string ApacheMain(string folder, int port, string block) =>
        $$"""
        ServerRoot "{{folder}}"
        DefaultRuntimeDir "{{folder}}"
        PidFile "{{folder}}/apache.pid"
        ErrorLog /dev/stderr
        ServerName app.example.com
        Listen 127.0.0.1:{{port}}
        LoadModule mpm_event_module "{{Harness.Tools.ApacheModules}}/mod_mpm_event.so"
        LoadModule authz_core_module "{{Harness.Tools.ApacheModules}}/mod_authz_core.so"
        LoadModule proxy_module "{{Harness.Tools.ApacheModules}}/mod_proxy.so"
        LoadModule proxy_http_module "{{Harness.Tools.ApacheModules}}/mod_proxy_http.so"
        StartServers 1
        {{(Environment.IsPrivilegedProcess ? "User www-data\nGroup www-data" : "")}}
        {{block}}

        """;

    [GeneratedRegex(@"(?<before>listen |bind |<VirtualHost )(?:\*?:)?80(?<after>;|\n|>)")]
    private static partial Regex ListensOnPort80();
}
