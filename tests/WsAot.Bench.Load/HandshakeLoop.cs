using System.Diagnostics;
using WsAot.Bench.Load.Measuring;
using WsAot.Bench.Load.Native;

namespace WsAot.Bench.Load;

/// <summary>Opens one connection after the other: connects, makes the TLS handshake, and ends.</summary>
/// <param name="isResumed">Whether each offers the ticket of the first, which the server must accept.</param>
internal sealed class HandshakeLoop(TlsClient tls, int port, bool isResumed)
{
    public void Run(MeasuredWindow window)
    {
        nint session = isResumed ? Learn() : 0;
        window.Begin();
        long last = Stopwatch.GetTimestamp();
        while (!window.Advance(last))
        {
            using (TlsSocket socket = tls.Connect(port, session))
            {
                if (socket.IsResumed != isResumed) throw new LoadException("The server does not resume a session by the ticket it gave.");
                OpenSsl.SessionFree(socket.End());
            }

            long now = Stopwatch.GetTimestamp();
            window.Count(now - last);
            last = now;
        }
    }

    private nint Learn()
    {
        using TlsSocket socket = tls.Connect(port);
        nint session = socket.End();
        return OpenSsl.IsResumable(session) == 1 ? session : throw new LoadException("The server gives no ticket.");
    }
}
