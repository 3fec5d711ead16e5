using System.Buffers;
using System.Globalization;
using System.Text;
using WsAot.Conformance.Deflate;
using WsAot.Conformance.Suite;

namespace WsAot.Conformance.Client;

/// <summary>The server's answer to a request, read strictly (RFC 9112 sections 4 and 5).</summary>
internal sealed class HandshakeResponse
{
    private const int MaxHeadBytes = 64 * 1024;

    private static readonly SearchValues<char> s_separators = SearchValues.Create(" \t\"(),/:;<=>?@[\\]{}");

    private readonly CaseConnection _connection;

    private HandshakeResponse(CaseConnection connection, int status, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        _connection = connection;
        Status = status;
        Headers = headers;
    }

    public int Status { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    public static async Task<HandshakeResponse> ReadAsync(CaseConnection connection)
    {
        connection.Context.Waiting = "no response came";
        StringBuilder head = new();
        while (head.Length < 4 || head[^1] != '\n' || head[^2] != '\r' || head[^3] != '\n' || head[^4] != '\r')
        {
            int value = await connection.ReadByteAsync();
            if (value < 0)
            {
                throw new CaseFailedException(
                    head.Length == 0 ? "The connection ended without a response." : "The connection ended within the response's head.");
            }

            head.Append((char)value);
            if (head.Length > MaxHeadBytes) throw new CaseFailedException("The response's head does not end.");
        }

        string[] lines = head.ToString(0, head.Length - 4).Split("\r\n");
        string line = lines[0];
        if (!line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) || line.Length < 13 || line[12] != ' '
            || !int.TryParse(line.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status))
        {
            throw new CaseFailedException($"\"{line}\" is not a status line of HTTP/1.1 (RFC 9112 section 4).");
        }

        return new HandshakeResponse(connection, status, [.. lines.Skip(1).Select(ParseHeader)]);
    }

    /// <summary>All values of a header, in order.</summary>
    public string[] ValuesOf(string name) =>
        [.. Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];

    /// <summary>The response must be 101 and right in every header (RFC 6455 sections 4.1 and 4.2.2).</summary>
    /// <returns>The negotiated compression, or null for none.</returns>
    public DeflateAgreement? ExpectAccepted(HandshakeRequest request)
    {
        if (Status != 101) throw new CaseFailedException($"The status is {Status}, not 101.");
        Expect("Upgrade", value => value.Equals("websocket", StringComparison.OrdinalIgnoreCase), "websocket");
        Expect(
            "Connection",
            value => value.Split(',').Any(token => token.Trim().Equals("upgrade", StringComparison.OrdinalIgnoreCase)),
            "Upgrade");
        Expect("Sec-WebSocket-Accept", value => value == request.ComputeAccept(), request.ComputeAccept());
        // RFC 9110 sections 8.6 and 9112 6.1: neither is sent with a 1xx.
        foreach (string name in (string[])["Content-Length", "Transfer-Encoding"])
        {
            if (ValuesOf(name).Length > 0)
            {
                throw new CaseFailedException($"A response of 101 has no {name} (RFC 9110 section 8.6, RFC 9112 section 6.1).");
            }
        }

        string[] extensions = ValuesOf("Sec-WebSocket-Extensions");
        return extensions.Length == 0 ? null : DeflateAgreement.Parse(request.Extensions, string.Join(", ", extensions));
    }

    /// <summary>The response must be a refusal with this status, and keep its promise to end the connection.</summary>
    public async Task ExpectRefusedAsync(int status)
    {
        if (Status != status) throw new CaseFailedException($"The status is {Status}, not {status}.");
        if (!ValuesOf("Connection").Any(value => value.Contains("close", StringComparison.OrdinalIgnoreCase))) return;
        // RFC 9112 section 9.6: a server that says close closes after the response.
        if (ValuesOf("Content-Length") is [string text])
        {
            await _connection.TryReadExactlyAsync(new byte[int.Parse(text, CultureInfo.InvariantCulture)]);
        }
        else
        {
            while (await _connection.ReadByteAsync() >= 0) ;
        }

        await _connection.ExpectEndAsync(acceptsReset: true);
    }

    private void Expect(string name, Func<string, bool> fits, string wanted)
    {
        string[] values = ValuesOf(name);
        if (values.Length != 1 || !fits(values[0]))
        {
            throw new CaseFailedException($"{name} is \"{string.Join("\" and \"", values)}\", not \"{wanted}\" once.");
        }
    }

    private static KeyValuePair<string, string> ParseHeader(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        // RFC 9112 section 5: a token, a colon at once, a value without CR, LF or NUL.
        if (colon <= 0 || line.AsSpan(0, colon).ContainsAny(s_separators) || line.AsSpan().ContainsAny("\r\n\0"))
        {
            throw new CaseFailedException($"\"{line}\" is not a header line (RFC 9112 section 5).");
        }

        return KeyValuePair.Create(line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
    }
}
