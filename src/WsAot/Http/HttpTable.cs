using System.Text;
using WsAot.Connections;
using WsAot.Files;
using WsAot.Handshake;
using WsAot.Routing;

namespace WsAot.Http;

/// <summary>The paths that an application has mapped. Does not change once the server is built.</summary>
internal sealed class HttpTable
{
    private readonly List<HttpMapping> _mappings = [];

    /// <summary>Answers with files; null if there are none.</summary>
    public IHttpFiles? Files { get; private set; }

    public LoopHttp CreateLoop(HandshakeContext context, LoopState loop, LoopHandshakes handshakes) =>
        new HttpLoop(this, context, loop, handshakes);

    /// <exception cref="ArgumentException">The method or the path cannot be mapped, or is mapped already.</exception>
    public void Map(
        string method, string path, Func<WsHttpRequest, CancellationToken, ValueTask<WsResponse>> answer, WsHttpOptions? options)
    {
        if (method.Length == 0 || method.AsSpan().ContainsAnyExceptInRange('A', 'Z') || method is "HEAD" or "CONNECT" or "TRACE")
        {
            throw new ArgumentException($"'{method}' cannot be mapped: write GET, POST, PUT, ... (GET serves HEAD too).", nameof(method));
        }

        RequestPath parsed = Parse(path);
        if (_mappings.Exists(mapping => mapping.Method == method && mapping.Path.Equals(parsed)))
        {
            throw new ArgumentException($"{method} {path} is mapped already.", nameof(path));
        }

        _mappings.Add(new HttpMapping(method, parsed, answer, options ?? new WsHttpOptions()));
    }

    /// <exception cref="ArgumentException">The path already has files.</exception>
    public void Add(FileMount mount)
    {
        HttpFiles files = Files as HttpFiles ?? new HttpFiles();
        files.Add(mount);
        Files = files;
    }

    /// <summary>Parses the path of a mapping.</summary>
    /// <exception cref="ArgumentException">The path is not valid.</exception>
    public static RequestPath Parse(string path)
    {
        var parsed = new RequestPath();
        bool isSendable = !path.AsSpan().ContainsAnyExceptInRange('!', '~') && !path.AsSpan().ContainsAny("?#{}");
        if (isSendable && parsed.TryParse(Encoding.ASCII.GetBytes(path))) return parsed;
        throw new ArgumentException(
            $"'{path}' is not a path: it must start with /, be visible ASCII, percent-encoded, and have neither a query nor parameters.",
            nameof(path));
    }

    /// <summary>The mapping of a path that serves the method.</summary>
    /// <param name="path">The path.</param>
    /// <param name="method">The method; HEAD is served by GET.</param>
    /// <param name="isKnown">Whether the path has mappings.</param>
    public HttpMapping? Find(RequestPath path, ReadOnlySpan<byte> method, out bool isKnown)
    {
        isKnown = false;
        if (method.SequenceEqual("HEAD"u8)) method = "GET"u8;
        foreach (HttpMapping mapping in _mappings)
        {
            if (!mapping.Path.Equals(path)) continue;
            isKnown = true;
            if (Ascii.Equals(method, mapping.Method)) return mapping;
        }

        return null;
    }

    /// <summary>The methods of a path that has mappings, as the Allow header lists them.</summary>
    public string MethodsOf(RequestPath path)
    {
        var methods = new StringBuilder();
        foreach (HttpMapping mapping in _mappings)
        {
            if (mapping.Path.Equals(path)) methods.Append(mapping.Method == "GET" ? "GET, HEAD" : mapping.Method).Append(", ");
        }

        return methods.Append("OPTIONS").ToString();
    }
}
