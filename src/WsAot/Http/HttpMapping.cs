using WsAot.Routing;

namespace WsAot.Http;

/// <summary>The answer to a method at a path.</summary>
internal sealed class HttpMapping(
    string method, RequestPath path, Func<WsHttpRequest, CancellationToken, ValueTask<WsResponse>> answer, WsHttpOptions options)
{
    public string Method => method;

    public RequestPath Path => path;

    public int MaxBodyBytes => options.MaxBodyBytes;

    /// <summary>Whether requests from pages of other origins are refused (RFC 9110 section 9.2.1: GET and HEAD are safe).</summary>
    public bool ChecksOrigin => !options.AllowAnyOrigin && Method is not ("GET" or "OPTIONS");

    public ValueTask<WsResponse> Answer(WsHttpRequest request, CancellationToken cancellationToken) => answer(request, cancellationToken);
}
