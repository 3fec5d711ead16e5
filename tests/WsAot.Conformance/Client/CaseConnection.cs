using System.Net.Sockets;
using System.Security.Authentication;
using WsAot.Conformance.Suite;
using WsAot.TestKit.Sockets;

namespace WsAot.Conformance.Client;

/// <summary>A connection of a case: it has the time limit of the case, and keeps its traffic for the report.</summary>
internal sealed class CaseConnection : RawConnection
{
    private CaseConnection(CaseContext context)
        : base(context.Cancellation) => Context = context;

    public Trace Trace { get; } = new();

    public CaseContext Context { get; }

    public static async Task<CaseConnection> OpenAsync(CaseContext context)
    {
        CaseConnection connection = new(context);
        try
        {
            await connection.ConnectAsync(context.Options.Target);
            return connection;
        }
        catch (AuthenticationException exception)
        {
            connection.Dispose();
            throw new CaseFailedException($"The TLS handshake failed: {exception.Message}");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Sends all of it. A server that has failed the connection need not read any more, so a broken connection is not an error here.
    /// </summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        Trace.Sent(bytes.Span);
        await TrySendAsync(bytes);
    }

    /// <summary>Sends it in writes of this many bytes, the last of which may be shorter.</summary>
    public async Task SendInPiecesAsync(ReadOnlyMemory<byte> bytes, int pieceBytes)
    {
        Trace.Sent(bytes.Span);
        Trace.Note($"(in writes of {pieceBytes} bytes)");
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(pieceBytes, bytes.Length);
            if (!await TrySendAsync(bytes[..count])) return;
            bytes = bytes[count..];
        }
    }

    /// <summary>Sends one part, pauses so that the server can read it, and sends the rest.</summary>
    public async Task SendSplitAsync(ReadOnlyMemory<byte> bytes, int position)
    {
        await SendAsync(bytes[..position]);
        await PauseAsync();
        await SendAsync(bytes[position..]);
    }

    /// <summary>Long enough that the server most likely reads what was sent so far. No case depends on that.</summary>
    public Task PauseAsync() => Task.Delay(2, Cancellation);

    /// <summary>Sends FIN, with TLS a close_notify before it.</summary>
    public new Task EndOutputAsync()
    {
        Trace.Note("sent FIN");
        return base.EndOutputAsync();
    }

    /// <summary>Waits until the server ends the connection. Nothing may come before that.</summary>
    /// <param name="acceptsReset">Whether a reset is an end, too.</param>
    public async Task ExpectEndAsync(bool acceptsReset = false)
    {
        Context.Waiting = "the server did not end the TCP connection";
        if (!await WaitForEndAsync())
        {
            throw new CaseFailedException(
                "More bytes came where the connection should have ended: "
                + $"{Convert.ToHexStringLower(Unread[..Math.Min(Unread.Length, 16)])}");
        }

        if (WasReset && !acceptsReset) throw new CaseFailedException("The connection ended with a reset instead of a FIN.");
    }

    protected override void OnReceived(ReadOnlySpan<byte> bytes) => Trace.Received(bytes);

    protected override void OnEnded() => Trace.Note(WasReset ? "came a reset" : "came FIN");

    protected override void OnSendFailed(SocketError error) => Trace.Note($"(the sending broke: {error})");
}
