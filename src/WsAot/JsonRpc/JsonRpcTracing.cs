using System.Diagnostics;
using System.Text;
using WsAot.Metrics;

namespace WsAot.JsonRpc;

/// <summary>
/// Shows each call as an <see cref="Activity"/>, as OpenTelemetry's conventions for RPC have it. Its parent is what the upgrade request
/// names in <c>traceparent</c> (W3C Trace Context). Without <see cref="MeterFeature"/>, nothing of it is in the native file.
/// </summary>
internal static class JsonRpcTracing
{
    private static readonly ActivitySource s_source = new("WsAot");

    // That of the call that this thread is making, as long as the return of the method ends it.
    [ThreadStatic]
    private static Activity? s_own;

    /// <summary>Begins the activity of a call, and makes it the current one. Null: nobody listens.</summary>
    public static Activity? Begin(JsonRpcPeer peer, ReadOnlySpan<byte> method)
    {
        if (!s_source.HasListeners()) return null;
        ActivityContext.TryParse(peer.Session.TraceParent, null, isRemote: true, out ActivityContext parent);
        string name = Encoding.UTF8.GetString(method);
        return s_own = s_source.StartActivity(name, ActivityKind.Server, parent)?
            .SetTag("rpc.system", "jsonrpc")
            .SetTag("rpc.method", name)
            .SetTag("rpc.jsonrpc.version", "2.0")
            .SetTag("http.route", peer.Session.Route.Options.Template);
    }

    /// <summary>The call that is being made goes on after its method has returned, and ends its activity itself.</summary>
    /// <returns>The activity; null if there is none.</returns>
    public static Activity? Keep()
    {
        Activity? kept = s_own;
        s_own = null;
        return kept;
    }

    /// <summary>The method has returned. What this thread does next does not belong to the call.</summary>
    /// <param name="activity">The activity of the call.</param>
    /// <param name="former">What was current before.</param>
    /// <param name="exception">What it has thrown.</param>
    public static void Leave(Activity activity, Activity? former, Exception? exception)
    {
        if (ReferenceEquals(s_own, activity)) End(activity, exception);
        s_own = null;
        Activity.Current = former;
    }

    public static void End(Activity activity, Exception? exception)
    {
        if (exception is not null)
        {
            int code = exception is JsonRpcException { IsRemote: false } error ? error.Code : JsonRpcErrorCode.InternalError;
            activity.SetTag("rpc.jsonrpc.error_code", code).SetStatus(ActivityStatusCode.Error);
        }

        activity.Stop();
    }
}
