using System.Reflection;
using System.Runtime.CompilerServices;
using WsAot.Connections;
using WsAot.Files;
using WsAot.Handshake;
using WsAot.Http;

namespace WsAot;

/// <summary>Plain HTTP beside the WebSockets.</summary>
public sealed partial class WsServerBuilder
{
    private HttpTable? _http;

    /// <summary>Set with the first mapping, so that an application without any does not carry the code behind it.</summary>
    internal Func<HandshakeContext, LoopState, LoopHandshakes, LoopHttp>? CreateHttp { get; private set; }

    /// <summary>Runs the file reads of folders that are added from now on. Tests run them at once.</summary>
    internal TaskScheduler FileScheduler { get; set; } = TaskScheduler.Default;

    /// <summary>Whether a connection may have a file open, which takes a descriptor.</summary>
    internal bool OpensFiles { get; private set; }

    private HttpTable Http
    {
        get
        {
            _http ??= new HttpTable();
            CreateHttp = _http.CreateLoop;
            return _http;
        }
    }

    /// <summary>Answers GET and HEAD at a path. It takes precedence over a page at the same path.</summary>
    /// <param name="path">The path, as a whole: starts with <c>/</c>, has no query and no parameters.</param>
    /// <param name="answer">
    /// Answers a request. Runs on the loop of the connection, so it must not block. An exception is logged and answered with 500.
    /// </param>
    /// <param name="options">The options of this path; null for the defaults.</param>
    /// <exception cref="ArgumentException">The path cannot be sent in HTTP, or is mapped already.</exception>
    [OverloadResolutionPriority(1)]
    public WsServerBuilder MapGet(string path, Func<WsHttpRequest, WsResponse> answer, WsHttpOptions? options = null) =>
        Map("GET", path, answer, options);

    /// <inheritdoc cref="Map(string, string, Func{WsHttpRequest, Task{WsResponse}}, WsHttpOptions)"/>
    /// <summary>Answers GET and HEAD at a path, asynchronously.</summary>
    public WsServerBuilder MapGet(string path, Func<WsHttpRequest, Task<WsResponse>> answer, WsHttpOptions? options = null) =>
        Map("GET", path, answer, options);

    /// <inheritdoc cref="Map(string, string, Func{WsHttpRequest, CancellationToken, Task{WsResponse}}, WsHttpOptions)"/>
    /// <summary>Answers GET and HEAD at a path, asynchronously.</summary>
    public WsServerBuilder MapGet(
        string path, Func<WsHttpRequest, CancellationToken, Task<WsResponse>> answer, WsHttpOptions? options = null) =>
        Map("GET", path, answer, options);

    /// <inheritdoc cref="MapGet(string, Func{WsHttpRequest, WsResponse}, WsHttpOptions)"/>
    /// <summary>
    /// Answers POST at a path. A web page of an origin that is not allowed is refused, unless
    /// <see cref="WsHttpOptions.AllowAnyOrigin"/> is set.
    /// </summary>
    [OverloadResolutionPriority(1)]
    public WsServerBuilder MapPost(string path, Func<WsHttpRequest, WsResponse> answer, WsHttpOptions? options = null) =>
        Map("POST", path, answer, options);

    /// <inheritdoc cref="Map(string, string, Func{WsHttpRequest, Task{WsResponse}}, WsHttpOptions)"/>
    /// <summary>
    /// Answers POST at a path, asynchronously. A web page of an origin that is not allowed is refused, unless
    /// <see cref="WsHttpOptions.AllowAnyOrigin"/> is set.
    /// </summary>
    public WsServerBuilder MapPost(string path, Func<WsHttpRequest, Task<WsResponse>> answer, WsHttpOptions? options = null) =>
        Map("POST", path, answer, options);

    /// <inheritdoc cref="Map(string, string, Func{WsHttpRequest, CancellationToken, Task{WsResponse}}, WsHttpOptions)"/>
    /// <summary>
    /// Answers POST at a path, asynchronously. A web page of an origin that is not allowed is refused, unless
    /// <see cref="WsHttpOptions.AllowAnyOrigin"/> is set.
    /// </summary>
    public WsServerBuilder MapPost(
        string path, Func<WsHttpRequest, CancellationToken, Task<WsResponse>> answer, WsHttpOptions? options = null) =>
        Map("POST", path, answer, options);

    /// <summary>Answers a method at a path.</summary>
    /// <param name="method">The method in capitals. HEAD is answered by GET, and OPTIONS by the server.</param>
    /// <param name="path">The path, as a whole: starts with <c>/</c>, has no query and no parameters.</param>
    /// <param name="answer">
    /// Answers a request. Runs on the loop of the connection, so it must not block. An exception is logged and answered with 500.
    /// </param>
    /// <param name="options">The options of this method and path; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The path cannot be sent in HTTP or the method cannot be mapped, or both are mapped already.
    /// </exception>
    // Preferred, because a lambda that only throws would match both overloads.
    [OverloadResolutionPriority(1)]
    public WsServerBuilder Map(string method, string path, Func<WsHttpRequest, WsResponse> answer, WsHttpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(answer);
        Http.Map(method, path, (request, _) => new ValueTask<WsResponse>(answer(request)), options);
        return this;
    }

    /// <summary>Answers a method at a path, asynchronously.</summary>
    /// <param name="method">The method in capitals. HEAD is answered by GET, and OPTIONS by the server.</param>
    /// <param name="path">The path, as a whole: starts with <c>/</c>, has no query and no parameters.</param>
    /// <param name="answer">
    /// Answers a request. Runs on the loop of the connection, so it must not block, and resumes there after each <c>await</c>. If it takes
    /// longer than <see cref="WsServerOptions.HandshakeTimeoutMs"/>, the request is answered with 503. An exception is logged and answered
    /// with 500.
    /// </param>
    /// <param name="options">The options of this method and path; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The path cannot be sent in HTTP or the method cannot be mapped, or both are mapped already.
    /// </exception>
    public WsServerBuilder Map(string method, string path, Func<WsHttpRequest, Task<WsResponse>> answer, WsHttpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(answer);
        Http.Map(method, path, (request, _) => new ValueTask<WsResponse>(answer(request)), options);
        return this;
    }

    /// <inheritdoc cref="Map(string, string, Func{WsHttpRequest, Task{WsResponse}}, WsHttpOptions)"/>
    /// <param name="method">The method in capitals. HEAD is answered by GET, and OPTIONS by the server.</param>
    /// <param name="path">The path, as a whole: starts with <c>/</c>, has no query and no parameters.</param>
    /// <param name="answer">
    /// Answers a request. Runs on the loop of the connection, so it must not block, and resumes there after each <c>await</c>. The token is
    /// cancelled when the connection is lost, or when <see cref="WsServerOptions.HandshakeTimeoutMs"/> has passed; then the request is
    /// answered with 503. A client that only ends its side (a TCP FIN) is still answered. An exception is logged and answered with 500.
    /// </param>
    /// <param name="options">The options of this method and path; null for the defaults.</param>
    public WsServerBuilder Map(
        string method,
        string path,
        Func<WsHttpRequest, CancellationToken, Task<WsResponse>> answer,
        WsHttpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(answer);
        Http.Map(method, path, (request, cancellationToken) => new ValueTask<WsResponse>(answer(request, cancellationToken)), options);
        return this;
    }

    /// <summary>
    /// Serves the files of a folder: a built web application, for example. A file is read when it is requested, on a thread that is not a
    /// loop's, and is not kept in memory. A request for a folder gets its <c>index.html</c>. Hidden files, and links that lead out of the
    /// folder, are not served. Routes, mappings and pages take precedence.
    /// </summary>
    /// <param name="path">Where the folder is served: <c>/</c>, or <c>/app/</c>, for example.</param>
    /// <param name="folder">The folder. A relative path starts at the current directory.</param>
    /// <param name="options">The options of these files; null for the defaults.</param>
    /// <exception cref="ArgumentException">The path cannot be sent in HTTP, or has files already.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public WsServerBuilder AddFiles(string path, string folder, WsFileOptions? options = null)
    {
        Http.Add(new FolderMount(HttpTable.Parse(path), folder, options ?? new WsFileOptions(), FileScheduler));
        OpensFiles = true;
        return this;
    }

    /// <summary>
    /// Serves files that are embedded in an assembly, and so in the native file. The path of a file is the name of its resource after the
    /// prefix, with slashes between folders. In the project file: <c>&lt;EmbeddedResource Include="web/**"
    /// LogicalName="web/%(RecursiveDir)%(Filename)%(Extension)" /&gt;</c>.
    /// </summary>
    /// <param name="path">Where the files are served: <c>/</c>, or <c>/app/</c>, for example.</param>
    /// <param name="assembly">The assembly, such as <c>typeof(Program).Assembly</c>.</param>
    /// <param name="prefix">The start of the resources' names: <c>web/</c> in the example above.</param>
    /// <param name="options">The options of these files; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The path cannot be sent in HTTP or has files already, or no resource has the prefix.
    /// </exception>
    public WsServerBuilder AddFiles(string path, Assembly assembly, string prefix, WsFileOptions? options = null)
    {
        Http.Add(new EmbeddedMount(HttpTable.Parse(path), assembly, prefix, options ?? new WsFileOptions()));
        return this;
    }
}
