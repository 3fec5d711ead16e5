using WsAot.Routing;

namespace WsAot.Http;

/// <summary>
/// Answers with files. The implementation is created when the application adds files. The interface keeps it out of the native file of an
/// application that adds none.
/// </summary>
internal interface IHttpFiles
{
    /// <summary>Begins an answer with a file.</summary>
    /// <param name="connection">The connection that the request has come from.</param>
    /// <param name="head">The head of the request.</param>
    /// <param name="path">Its path.</param>
    /// <returns>False if the path lies below no files.</returns>
    bool TryAnswer(HttpConnection connection, ReadOnlySpan<byte> head, RequestPath path);

    /// <summary>Sends on, as far as the client takes it.</summary>
    void Send(HttpConnection connection);
}
