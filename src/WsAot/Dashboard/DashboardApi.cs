using System.Runtime.CompilerServices;
using WsAot.Protocol.Closing;

namespace WsAot.Dashboard;

/// <summary>The API behind the page of the admin listener. It works like any handler of an application.</summary>
[WsRoute("/api", Subprotocols = [Subprotocol], Json = typeof(DashboardJson))]
internal sealed class DashboardApi(DashboardView view)
{
    /// <summary>
    /// The page offers this subprotocol, and a second one for the token: <c>token.</c> followed by the token in hexadecimal. A browser
    /// cannot set any other header of a WebSocket, and this one allows few characters.
    /// </summary>
    public const string Subprotocol = "wsaot.admin";

    private const string TokenPrefix = "token.";
    private const int InvalidParams = -32602;

    [OnUpgrade]
    public static WsUpgrade MayCome(WsRequest request, AdminAccess access)
    {
        if (access.Allows(request.BearerToken)) return WsUpgrade.Accept();
        foreach (string offered in (request.GetHeader("Sec-WebSocket-Protocol") ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (offered.StartsWith(TokenPrefix, StringComparison.Ordinal) && access.AllowsHex(offered.AsSpan(TokenPrefix.Length)))
            {
                return WsUpgrade.Accept();
            }
        }

        return WsUpgrade.Reject(401);
    }

    [JsonRpcMethod("info")]
    public DashboardAnswer Info() => view.Info();

    /// <summary>Streams the samples of the last ten minutes, then those of each second.</summary>
    [JsonRpcMethod("samples")]
    public async IAsyncEnumerable<DashboardAnswer> Samples([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long lastMs = 0;
        while (true)
        {
            (Sample[] samples, Task next) = view.History.Read(lastMs);
            if (samples.Length > 0)
            {
                lastMs = samples[^1].TimeMs;
                yield return new DashboardRows(samples);
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    [JsonRpcMethod("routes")]
    public DashboardAnswer Routes() => view.Routes();

    /// <summary>The topics with the most subscribers.</summary>
    [JsonRpcMethod("topics")]
    public DashboardAnswer Topics(int count = 50) => view.Topics(count);

    /// <summary>The connections for which the most output waits.</summary>
    [JsonRpcMethod("slowest")]
    public DashboardAnswer Slowest(int count = 50) => view.Slowest(count);

    /// <summary>A connection by its number; empty if it is gone.</summary>
    [JsonRpcMethod("connection")]
    public DashboardAnswer Connection(long id) => view.Connection(id);

    /// <summary>The requests that were refused last, the latest first.</summary>
    [JsonRpcMethod("refusals")]
    public DashboardAnswer Refusals() => view.Refusals();

    /// <summary>Closes a connection by its number, and returns its row; empty if it is gone.</summary>
    [JsonRpcMethod("closeConnection")]
    public DashboardAnswer CloseConnection(long id, int code = CloseCode.PolicyViolation, string reason = "closed by an administrator")
    {
        if (code is < 0 or > ushort.MaxValue || !CloseCode.MayBeSent((ushort)code))
        {
            throw new JsonRpcException(InvalidParams, "The code must be 1000-1003, 1007-1014 or 3000-4999");
        }

        return view.Close(id, code, reason);
    }

    /// <summary>Streams the messages that are published to a topic from now on.</summary>
    [JsonRpcMethod("listen")]
    public async IAsyncEnumerable<DashboardAnswer> Listen(string topic, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TopicListener listener = view.Listen(topic);
        listener.Start();
        try
        {
            while (true)
            {
                (TopicMessage[] messages, Task next) = listener.Take();
                foreach (TopicMessage message in messages) yield return message;
                if (messages.Length == 0) await next.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            listener.Stop();
        }
    }
}
