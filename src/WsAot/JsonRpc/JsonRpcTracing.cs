using System.Diagnostics;
using System.Text;
using WsAot.Metrics;

namespace WsAot.JsonRpc;

/// <summary>
/// Creates an <see cref="Activity"/> for each call, by OpenTelemetry's conventions for RPC. Its parent is the one that the upgrade request
/// names in <c>traceparent</c> (W3C Trace Context). Without <see cref="MeterFeature"/>, this code is not in the native file.
/// </summary>
internal static class JsonRpcTracing
{
    private static readonly ActivitySource s_source = new("WsAot");

    // The activity of this thread's current call, unless the call continues after its method has returned.
    [ThreadStatic]
    private static Activity? s_own;

    /// <summary>Begins the activity of a call, and makes it the current one. Null if nothing listens.</summary>
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

    /// <summary>Lets the current call, which continues after its method has returned, end its activity itself.</summary>
    /// <returns>The activity; null if there is none.</returns>
    public static Activity? Keep()
    {
        Activity? kept = s_own;
        s_own = null;
        return kept;
    }

    /// <summary>Called when the method has returned: what this thread does next does not belong to the call.</summary>
    /// <param name="activity">The activity of the call.</param>
    /// <param name="former">The activity that was current before.</param>
    /// <param name="exception">The exception that the method has thrown.</param>
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
