using System.Diagnostics;
using WsAot.Native.Tests.Harness;

namespace WsAot.Native.Tests.Tls;

/// <summary><c>openssl s_client</c>, for one connection at a time.</summary>
internal static class OpenSslClient
{
    /// <summary>A request after whose answer the server ends the connection, and s_client itself.</summary>
    public const string Request = "GET /healthz HTTP/1.1\nHost: localhost\nConnection: close\n\n";

    /// <summary>A line that has s_client ask for another handshake.</summary>
    public const string Renegotiate = "R\n";

    private static readonly Dictionary<string, string?> s_environment = new()
    {
        // The machine's configuration may forbid what we ask for.
        ["OPENSSL_CONF"] = "/dev/null",
    };

    /// <summary>Connects, says something once there is a connection, and waits for the server to end it.</summary>
    public static async Task<OpenSslAnswer> AskAsync(int port, string input, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = ChildProcess.Describe(
            Tools.OpenSsl, ["s_client", "-connect", $"127.0.0.1:{port}", "-crlf", .. arguments], Repository.Root, s_environment);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteAsync(input);
            await process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It was refused, and has ended already.
        }

        // Not closed: at the end of its input it would end before the answer has come.
        if (!await ChildProcess.EndsAsync(process, Command.Patience))
        {
            process.Kill();
            Assert.Fail($"s_client {string.Join(' ', arguments)} did not end. It said:\n{await output}{await error}");
        }

        return new OpenSslAnswer($"{await output}\n{await error}");
    }
}
