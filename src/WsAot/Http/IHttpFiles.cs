using WsAot.Routing;

namespace WsAot.Http;

/// <summary>
/// Answers with files. An interface, so that an application that adds none has nothing of them in its native file: whoever implements it is
/// made when files are added.
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
