using WsAot.Routing;

namespace WsAot.Http;

/// <summary>
/// Answers with files. The implementation is created only if the application adds files, so the interface keeps it out of other
/// applications' native files.
/// </summary>
internal interface IHttpFiles
{
    /// <summary>Begins an answer with a file.</summary>
    /// <param name="connection">The connection of the request.</param>
    /// <param name="head">The head of the request.</param>
    /// <param name="path">Its path.</param>
    /// <returns>False if there are no files at this path.</returns>
    bool TryAnswer(HttpConnection connection, ReadOnlySpan<byte> head, RequestPath path);

    /// <summary>Continues sending, as far as the client takes it.</summary>
    void Send(HttpConnection connection);
}
